import type { CloseReason } from './close-codes.ts';

/** What each close reason tells a person; apart from the codes, because a page has its own words and needs to be small. */
export const closeSentences: Readonly<Record<CloseReason, string>> = {
  normal: 'The connection was closed as asked.',
  'frame-too-large': 'A frame was larger than this server accepts.',
  draining: 'The server is restarting. Come back in a moment.',
  'hello-timeout': 'No hello arrived in time.',
  malformed: 'A frame was not in the protocol’s form.',
  'unsupported-version': 'This client is too old or too new for this server. Reload or update it.',
  unauthenticated: 'Sign in, then connect again.',
  'session-revoked': 'This session was signed out.',
  'session-expired': 'This session has expired. Sign in again.',
  'too-slow': 'The connection could not keep up. Nothing is lost.',
  'heartbeat-missed': 'Nothing was heard from this connection.',
  'too-many-connections': 'Too many connections are open.',
  flooding: 'Too many frames arrived too fast.',
  overloaded: 'The server is busy. Come back in a moment.',
  internal: 'Something went wrong on the server. It has been logged.',
};
