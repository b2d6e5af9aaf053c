import type { LogId, SessionId, UserId, WireError } from '@confab/protocol';
import type { Actor } from './ports.ts';

/**
 * What the engine needs from the domain that it carries. The engine knows logs, users and sessions; it does not know
 * what a room or a message is.
 */

/** A stored event on its way up. `json` is the whole frame, encoded once, as it also stands in answers. */
export interface StoredEvent {
  readonly log: LogId;
  readonly epoch: number;
  readonly seq: number;
  /** Countable events (posts) of the log up to and including this one. */
  readonly count: number;
  /** Told in full to passive listeners too. */
  readonly notice: boolean;
  /** Wiped the content of earlier events: what is cached of this log must be forgotten first. */
  readonly redacts: boolean;
  readonly json: string;
}

/** An ephemeral event: dropped first, and per `key` only the last value of a tick goes out. */
export interface Ephemeral {
  /** A log's id, or `presence:<user>`: who listens to it live gets the event. */
  readonly topic: string;
  readonly key: string;
  readonly json: string;
  /** Not told to the connections of these users. */
  readonly except?: readonly UserId[];
}

/**
 * What must be cut at once, on every node. `id`: the stored one, which tells that two are the same. Sessions are named
 * that ended and never count again: one that began since is not meant, however late this is heard.
 */
export type Revocation = { readonly id?: string } & (
  | { readonly kind: 'session'; readonly session: SessionId }
  | { readonly kind: 'user'; readonly user: UserId; readonly sessions: readonly SessionId[] }
  | { readonly kind: 'log'; readonly user: UserId; readonly log: LogId }
);

/** A revocation as it was stored, in the transaction of what it follows from. */
export interface StoredRevocation {
  /** Its place: higher than that of all that were stored when its transaction began, whatever their clocks said. */
  readonly at: number;
  readonly revocation: Revocation;
}

/** Everything that a command sets off, in order, after its transaction is durable. */
export interface Effects {
  readonly events: readonly StoredEvent[];
  readonly ephemerals: readonly Ephemeral[];
  readonly revocations: readonly Revocation[];
}

export type Outcome = { readonly result: unknown } | { readonly error: WireError };

export interface LogHead {
  readonly epoch: number;
  readonly seq: number;
  readonly count: number;
}

/** The newest event of a log that a node told. */
export interface ToldHead {
  readonly epoch: number;
  readonly seq: number;
  /** How its frame begins, up to what it says ([F4]), as far as that is still known. */
  readonly event?: string;
}

export interface Domain {
  /** The actor behind a session's token, or the error that says why there is none. */
  authenticate(token: string): Promise<{ actor: Actor } | { error: WireError }>;
  /**
   * Authorises, validates, limits and runs one command. Never rejects. Its effects were handed to the bus before it
   * resolves. `connection` is the asking connection, for commands about it; `undefined` for plain HTTP.
   */
  execute(actor: Actor, command: string, params: unknown, connection?: ConnectionHandle): Promise<Outcome>;
  /** For each log: its head if the actor may listen, otherwise `undefined`. Same order as asked. */
  mayListen(actor: Actor, logs: readonly LogId[]): Promise<(LogHead | undefined)[]>;
  /** Events after `after` up to and including `upTo`, in order, at most `limit`; with `noticesOnly` only notices. */
  readLog(range: LogRange): Promise<StoredEvent[]>;
  /** Heads of logs regardless of who asks, for repairs and the sweep. */
  heads(logs: readonly LogId[]): Promise<(LogHead | undefined)[]>;
  /**
   * Asked when the database seems to have gone back behind what was told, as after a fail-over that lost the last
   * transactions. If it lacks that event, the log gets a new epoch, whoever asks first ([L1]). Answers where it stands.
   */
  confirmHead(log: LogId, told: ToldHead): Promise<LogHead | undefined>;
  /** Revocations of the last minutes, those after a place; 0: all that are kept. For nodes that the bus did not tell. */
  revocationsSince(at: number): Promise<readonly StoredRevocation[]>;
  /** Whether the actor's session still counts. */
  stands(actor: Actor): Promise<boolean>;
}

export interface LogRange {
  readonly log: LogId;
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
  readonly noticesOnly: boolean;
}

/** What a command may do to the connection that it came over. */
export interface ConnectionHandle {
  readonly id: number;
  /** Replaces the set of ephemeral topics (beyond those of its live logs) that this connection hears. */
  watch(topics: readonly string[]): void;
  /** Says whether the person is at this device. */
  setAway(away: boolean): void;
}
