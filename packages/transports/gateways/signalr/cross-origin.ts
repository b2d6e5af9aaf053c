import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AllowedOrigins } from '../../door.ts';

const allowedMethods = 'GET, POST, DELETE';
/** What the client sends beside what any page may send. */
const allowedHeaders = 'authorization, content-type, x-requested-with, x-signalr-user-agent';
const preflightSeconds = '600';

/**
 * Lets pages that may speak to this server read its answers (the CORS protocol of the Fetch standard). Answers whether
 * the request was one that only asks whether it may.
 */
export function allowReading(origins: AllowedOrigins, request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (origin !== undefined) response.setHeader('vary', 'origin');
  if (origin !== undefined && origins.allows(origin, request)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
  }
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204, {
    'access-control-allow-methods': allowedMethods,
    'access-control-allow-headers': allowedHeaders,
    'access-control-max-age': preflightSeconds,
  });
  response.end();
  return true;
}
