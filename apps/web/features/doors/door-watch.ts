import type { RoomId } from '@confab/protocol';
import type { Sentence } from '../../language/sentences.ts';

export type WatchState = 'connecting' | 'open' | 'waiting' | 'failed';

/** What a connection of the doors page tells of itself. */
export interface WatchListener {
  state(state: WatchState): void;
  /** One more request to the server. */
  asked(): void;
  /** So many characters came, whatever they say. */
  received(chars: number): void;
  /** A message was told. */
  message(clientId: string): void;
}

/** One way to this server, as the client that belongs to it has it. Lives for as long as the page shows. */
export interface DoorWatch {
  readonly name: Sentence;
  /** How it hears of a message, in a few words. */
  readonly manner: Sentence;
  /** The program that a developer would take. */
  readonly client: string;
  /** Starts hearing of a room with the page's own session; the answer ends it. */
  start(room: RoomId, listener: WatchListener): () => void;
}

interface MessageFrame {
  readonly event?: string;
  readonly data?: { readonly clientId?: string };
}

/** The client id of the message that a frame of our protocol tells of, if it tells of one. */
export function postedClientId(frame: unknown): string | undefined {
  const { event, data } = frame as MessageFrame;
  return event === 'message.posted' ? data?.clientId : undefined;
}

/** Hands on the messages among frames as they came. */
export function hear(listener: WatchListener, frames: readonly unknown[]): void {
  for (const frame of frames) {
    const clientId = postedClientId(frame);
    if (clientId !== undefined) listener.message(clientId);
  }
}

/** After so many attempts in a row that led nowhere a door counts as not available. It goes on trying. */
export const vainAttempts = 3;
const retryMs = 1_000;
const retryFailedMs = 10_000;

/**
 * Does `connect` again and again until it is stopped, with a pause after each end. `connect` calls `opened` when
 * messages will be told, and ends when they are not any more.
 */
export function keepTrying(
  listener: WatchListener,
  connect: (signal: AbortSignal, opened: () => void) => Promise<void>,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const run = async () => {
    for (let inVain = 0; !signal.aborted; ) {
      if (inVain < vainAttempts) listener.state('connecting');
      inVain += 1;
      const opened = () => {
        inVain = 0;
        listener.state('open');
      };
      await connect(signal, opened).catch(() => {});
      if (signal.aborted) return;
      listener.state(inVain < vainAttempts ? 'waiting' : 'failed');
      await pause(inVain < vainAttempts ? retryMs : retryFailedMs, signal);
    }
  };
  void run();
  return () => stop.abort();
}

/** Resolves after `ms`, or at once when it is stopped. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
