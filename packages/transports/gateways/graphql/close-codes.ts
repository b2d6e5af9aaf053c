import { type CloseReason, closeCodes, type ErrorCode } from '@confab/protocol';

/**
 * How a connection ends in the terms of `graphql-transport-ws`, where it has one; otherwise with our own code ([H7]).
 * What the stock client does: it comes back after 1012, 1013 and our own codes, and not after 4400, 4401 and 4500.
 */
const codes: Readonly<Partial<Record<CloseReason, number>>> = {
  draining: 1012,
  overloaded: 1013,
  'too-many-connections': 1013,
  'hello-timeout': 4408,
  malformed: 4400,
  unauthenticated: 4401,
  'session-revoked': 4401,
  'session-expired': 4401,
  internal: 4500,
};

export function closeCodeOf(reason: CloseReason): number {
  return codes[reason] ?? closeCodes[reason].code;
}

/** How a `connection_init` is refused: 4403, or the code that says to come back later. */
export function refusalCodeOf(code: ErrorCode): number {
  if (code === 'draining') return 1012;
  return code === 'overloaded' ? 1013 : 4403;
}
