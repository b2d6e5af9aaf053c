import type { LogId, SessionId, UserId } from '@confab/protocol';

/**
 * What an operation sets off, told after its transaction is durable. The engine's port has the same shapes; they are
 * declared here because the domain does not know the engine.
 */
export interface StoredEvent {
  readonly log: LogId;
  readonly epoch: number;
  readonly seq: number;
  /** Countable events (posts) of the log up to and including this one. */
  readonly count: number;
  /** Told in full to passive listeners too. */
  readonly notice: boolean;
  /** Wiped the content of earlier events ([L13]). */
  readonly redacts: boolean;
  /** The whole frame ([F4]), assembled once. */
  readonly json: string;
}

export interface Ephemeral {
  readonly topic: string;
  readonly key: string;
  readonly json: string;
  readonly except?: readonly UserId[];
}

/** `id`: the stored one, which tells that two are the same. Of a user, the sessions that ended: others may have begun since. */
export type Revocation = { readonly id?: string } & (
  | { readonly kind: 'session'; readonly session: SessionId }
  | { readonly kind: 'user'; readonly user: UserId; readonly sessions: readonly SessionId[] }
  | { readonly kind: 'log'; readonly user: UserId; readonly log: LogId }
);

export interface Effects {
  readonly events: readonly StoredEvent[];
  readonly ephemerals: readonly Ephemeral[];
  readonly revocations: readonly Revocation[];
}
