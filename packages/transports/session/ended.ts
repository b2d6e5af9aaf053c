import { type CloseReason, type ErrorCode, errors, toWireError, type WireError } from '@confab/protocol';

/** Why a session ended, as the error of whoever waits for it. */
export function errorOf(reason: CloseReason): WireError {
  return toWireError(reason in errors ? (reason as ErrorCode) : 'overloaded');
}
