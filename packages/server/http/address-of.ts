import type { IncomingMessage } from 'node:http';

/**
 * The address that a request comes from. Behind a proxy of one's own it is the last that `X-Forwarded-For` names: the
 * one that the proxy itself has seen, which no client can choose.
 */
export function addressOf(trustProxy: boolean): (request: IncomingMessage) => string {
  return ({ headers, socket }) => {
    const forwarded = trustProxy ? headers['x-forwarded-for'] : undefined;
    const named = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded)?.split(',').at(-1)?.trim();
    return named || (socket.remoteAddress ?? '');
  };
}
