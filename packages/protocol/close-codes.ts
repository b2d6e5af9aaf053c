/**
 * Why a connection ends. The numbers are WebSocket close codes (RFC 6455, section 7.4); 4000–4999 are ours.
 * `reconnect` tells the client what to do: come back in the server's window, sign in first, or stay away.
 */
export const closeCodes = {
  normal: { code: 1000, reconnect: 'never' },
  'frame-too-large': { code: 1009, reconnect: 'never' },
  draining: { code: 4000, reconnect: 'window' },
  'hello-timeout': { code: 4001, reconnect: 'window' },
  malformed: { code: 4002, reconnect: 'never' },
  'unsupported-version': { code: 4003, reconnect: 'never' },
  unauthenticated: { code: 4004, reconnect: 'sign-in' },
  'session-revoked': { code: 4005, reconnect: 'sign-in' },
  'session-expired': { code: 4006, reconnect: 'sign-in' },
  'too-slow': { code: 4007, reconnect: 'window' },
  'heartbeat-missed': { code: 4008, reconnect: 'window' },
  'too-many-connections': { code: 4009, reconnect: 'window' },
  flooding: { code: 4010, reconnect: 'window' },
  overloaded: { code: 4011, reconnect: 'window' },
  internal: { code: 4012, reconnect: 'window' },
} as const satisfies Record<string, { code: number; reconnect: 'never' | 'sign-in' | 'window' }>;

export type CloseReason = keyof typeof closeCodes;

/** The reason behind a close code, or `undefined` for a code that is not ours (a proxy's, a browser's 1006). */
export function closeReasonOf(code: number): CloseReason | undefined {
  return (Object.keys(closeCodes) as CloseReason[]).find((reason) => closeCodes[reason].code === code);
}
