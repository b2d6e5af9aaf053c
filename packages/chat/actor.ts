import type { SessionId, UserId } from '@confab/protocol';

/** Who is asking: a user's session. What they may do is read afresh, inside the transaction of each operation. */
export interface Actor {
  readonly user: UserId;
  readonly session: SessionId;
  /** Unix milliseconds after which the session no longer counts. */
  readonly expiresAt: number;
}

/** Where a command came from: what the client calls itself, and its address, for sessions' names and limits. */
export interface Origin {
  readonly agent: string;
  readonly address: string;
}
