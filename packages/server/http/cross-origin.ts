import type { FastifyReply, FastifyRequest } from 'fastify';

/** What pages of other origins may send and read, beyond what the Fetch Standard always lets them. */
const preflight = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, if-none-match, last-event-id',
  'access-control-max-age': '600',
} as const;
const readableHeaders = 'etag, poll-after-ms, retry-after';

/**
 * Lets the pages that `CONFAB_ORIGINS` names use the interface ([D8]), by their exact origin and never with cookies:
 * they send a bearer token. Answers whether the request was a preflight and has been answered.
 */
export function crossOrigin(origins: readonly string[]): (request: FastifyRequest, reply: FastifyReply) => boolean {
  const named = new Set(origins);
  return ({ method, url, headers }, reply) => {
    if (named.size === 0 || !url.startsWith('/api/v1/')) return false;
    // For caches: the same address is answered otherwise to others.
    reply.header('vary', 'Origin');
    const { origin } = headers;
    if (origin === undefined || !named.has(origin)) return false;
    reply.header('access-control-allow-origin', origin);
    reply.header('access-control-expose-headers', readableHeaders);
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
    void reply.code(204).headers(preflight).send();
    return true;
  };
}
