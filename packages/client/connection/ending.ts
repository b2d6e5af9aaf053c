import type { ReconnectWindow } from '@confab/protocol';
import { type CloseReason, closeCodes, closeReasonOf } from '@confab/protocol/close-codes.ts';
import { type ErrorCode, errorRow, errors } from '@confab/protocol/error-codes.ts';

/** Why a connection ended and what that asks of the client. */
export interface Ending {
  readonly reason: CloseReason | 'lost';
  readonly reconnect: 'never' | 'sign-in' | 'window';
  /** Chosen by the server for this time. */
  readonly window: ReconnectWindow | null;
}

export const lost: Ending = { reason: 'lost', reconnect: 'window', window: null };

function isCloseReason(reason: string): reason is CloseReason {
  return Object.hasOwn(closeCodes, reason);
}

/** The ending that a `connection.closing` announces; its reason may be newer than this client. */
export function announcedEnding(reason: string, window: ReconnectWindow | null): Ending {
  if (!isCloseReason(reason)) return { ...lost, window };
  return { reason, reconnect: closeCodes[reason].reconnect, window };
}

/** The ending that a refused hello means; a disabled account is asked to sign in again, like a revoked session. */
export function endingOfRefusedHello(code: ErrorCode, retryAfterMs: number | undefined): Ending {
  if (code === 'account-disabled' || code === 'unauthenticated') return announcedEnding('unauthenticated', null);
  const closes = Object.hasOwn(errors, code) ? errorRow(code).closes : undefined;
  const window = retryAfterMs === undefined ? null : { minMs: retryAfterMs, maxMs: retryAfterMs * 2 };
  return closes === undefined ? { ...lost, window } : announcedEnding(closes, window);
}

/** The ending behind a WebSocket close code; codes that are not ours are a lost connection. */
export function endingOfCode(code: number): Ending {
  const reason = closeReasonOf(code);
  // 1000 is also what proxies and runtimes say on their own; only an announcement makes it final.
  if (reason === undefined || reason === 'normal') return lost;
  return { reason, reconnect: closeCodes[reason].reconnect, window: null };
}
