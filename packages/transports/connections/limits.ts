import type { BackOff } from '../http/back-off.ts';

/** Bounds of connections over HTTP; unread frames are bounded by the engine, as for every door. */
export interface ConnectionsLimits extends BackOff {
  /** Bytes of one request's commands ([F6]). */
  readonly frameBytes: number;
  /** Milliseconds that the answer to opening a polled connection waits for the answer to its hello. */
  readonly openingMs: number;
  /** Milliseconds for which a polled connection that has ended can still be asked why. */
  readonly lingerMs: number;
}

export const defaultConnectionsLimits: ConnectionsLimits = {
  frameBytes: 256 * 1024,
  openingMs: 5_000,
  lingerMs: 30_000,
  minMs: 500,
  maxMs: 5_000,
};
