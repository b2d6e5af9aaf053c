import type { Home, RoomId, WireError } from '@confab/protocol';
import type { Outcome, PostedMessage } from '../../../session/index.ts';

/** An event as the subscription `events` tells it. Ephemeral ones stand on no log, or have no place on it. */
export interface ToldEvent {
  readonly event: string;
  readonly log: string | null;
  readonly epoch: number | null;
  readonly seq: number | null;
  readonly at: number | null;
  readonly by: string | null;
  readonly data: unknown;
  /** Where the whole subscription stands once this event was told. */
  cursor(): string;
}

export interface ToldMessage extends PostedMessage {
  readonly cursor: string;
}

/** What only a connection has. */
export interface Streams {
  messages(room: string, after: string | null): AsyncIterable<ToldMessage>;
  events(rooms: readonly string[] | null, after: string | null): AsyncIterable<ToldEvent>;
}

/** Who executes a document, and through what: one request, or a connection. */
export interface GraphqlContext {
  /** One command, as whoever asks. Never rejects. */
  ask(command: string, params: unknown): Promise<Outcome<unknown>>;
  /** What the asker is in, read at most once a request. */
  home(): Promise<Outcome<Home>>;
  /** `null` where nothing can be subscribed to. */
  readonly streams: Streams | null;
}

export type Reached = { readonly room: RoomId } | { readonly error: WireError };
