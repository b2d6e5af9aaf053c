import type { SessionId, UserId } from '@confab/protocol';

/** Time, timers and randomness come in from outside, so that a test or a simulation moves them by hand. */
export interface Clock {
  /** Unix milliseconds. May jump; orders nothing. */
  now(): number;
  /** Milliseconds that never step back; for durations. */
  monotonic(): number;
}

export interface Timers {
  /** Calls `task` once after `delayMs`; the answer cancels it. Must not keep the process alive. */
  after(delayMs: number, task: () => void): () => void;
  /** Calls `task` once at the end of the current turn of the event loop, before the next I/O. */
  endOfTick(task: () => void): void;
}

export interface Random {
  bytes(count: number): Uint8Array;
  /** In [0, 1). */
  fraction(): number;
}

/** Something worth a line in the log. Never holds a secret, a message's text or a token. */
export type Report = (
  level: 'debug' | 'info' | 'warn' | 'error',
  what: string,
  details?: Record<string, unknown>,
) => void;

/** Who is asking: a user's session. What they may do is read afresh with every command. */
export interface Actor {
  readonly user: UserId;
  readonly session: SessionId;
  /** Unix milliseconds after which the session no longer counts. */
  readonly expiresAt: number;
}
