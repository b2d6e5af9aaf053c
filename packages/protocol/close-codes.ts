/**
 * Why a connection ends. The numbers are WebSocket close codes (RFC 6455, section 7.4); 4000–4999 are ours.
 * `reconnect` tells the client what to do: come back in the server's window, sign in first, or stay away.
 */
export const closeCodes = {
  normal: { code: 1000, reconnect: 'never', sentence: 'The connection was closed as asked.' },
  'frame-too-large': { code: 1009, reconnect: 'never', sentence: 'A frame was larger than this server accepts.' },
  draining: { code: 4000, reconnect: 'window', sentence: 'The server is restarting. Come back in a moment.' },
  'hello-timeout': { code: 4001, reconnect: 'window', sentence: 'No hello arrived in time.' },
  malformed: { code: 4002, reconnect: 'never', sentence: 'A frame was not in the protocol’s form.' },
  'unsupported-version': {
    code: 4003,
    reconnect: 'never',
    sentence: 'This client is too old or too new for this server. Reload or update it.',
  },
  unauthenticated: { code: 4004, reconnect: 'sign-in', sentence: 'Sign in, then connect again.' },
  'session-revoked': { code: 4005, reconnect: 'sign-in', sentence: 'This session was signed out.' },
  'session-expired': { code: 4006, reconnect: 'sign-in', sentence: 'This session has expired. Sign in again.' },
  'too-slow': { code: 4007, reconnect: 'window', sentence: 'The connection could not keep up. Nothing is lost.' },
  'heartbeat-missed': { code: 4008, reconnect: 'window', sentence: 'Nothing was heard from this connection.' },
  'too-many-connections': { code: 4009, reconnect: 'window', sentence: 'Too many connections are open.' },
  flooding: { code: 4010, reconnect: 'window', sentence: 'Too many frames arrived too fast.' },
  overloaded: { code: 4011, reconnect: 'window', sentence: 'The server is busy. Come back in a moment.' },
  internal: { code: 4012, reconnect: 'window', sentence: 'Something went wrong on the server. It has been logged.' },
} as const satisfies Record<string, { code: number; reconnect: 'never' | 'sign-in' | 'window'; sentence: string }>;

export type CloseReason = keyof typeof closeCodes;

/** The reason behind a close code, or `undefined` for a code that is not ours (a proxy's, a browser's 1006). */
export function closeReasonOf(code: number): CloseReason | undefined {
  return (Object.keys(closeCodes) as CloseReason[]).find((reason) => closeCodes[reason].code === code);
}
