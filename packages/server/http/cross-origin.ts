import { pageRights, preflightHeaders, readingHeaders } from '@confab/transports/page-rights';
import type { FastifyReply, FastifyRequest } from 'fastify';

const preflight = preflightHeaders(pageRights.api);

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
    reply.headers(readingHeaders(pageRights.api, origin));
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
    void reply.code(204).headers(preflight).send();
    return true;
  };
}
