import type { IncomingMessage } from 'node:http';
import type { AllowedOrigins } from '../door.ts';

/**
 * Whether a request that opens nothing and changes nothing may come from where it comes from. Unlike an upgrade, a GET
 * of the own page names no origin; then the browser says in its own words that it is the own page. What a foreign page
 * gets it to send without saying so carries no cookie (`SameSite`), and its answer cannot be read.
 */
export function mayRequest(origins: AllowedOrigins, request: IncomingMessage): boolean {
  const { origin } = request.headers;
  if (origin !== undefined) return origins.allows(origin, request);
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' || request.headers.cookie === undefined;
}
