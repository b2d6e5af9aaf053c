import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AllowedOrigins } from '../door.ts';

/** What pages of other origins may do, beyond what the Fetch Standard always lets them (its CORS protocol). */
export interface PageRights {
  readonly methods: string;
  /** Header fields that they may send, and those of an answer that they may read. */
  readonly sends: string;
  readonly reads?: string;
  /** Whether the browser may add its cookies. */
  readonly cookies?: true;
}

export const pageRights = {
  /** With a bearer token, never with cookies ([D8]). */
  api: {
    methods: 'GET, HEAD, POST, PUT, PATCH, DELETE',
    sends: 'authorization, content-type, if-none-match, last-event-id',
    reads: 'etag, poll-after-ms, retry-after',
  },
  /** An id for everyone; nothing of a session goes into it. */
  peerjs: { methods: 'GET', sends: 'content-type' },
  signalr: {
    methods: 'GET, POST, DELETE',
    sends: 'authorization, content-type, x-requested-with, x-signalr-user-agent',
    cookies: true,
  },
  'socket.io': { methods: 'GET, POST', sends: 'authorization, content-type', cookies: true },
} as const satisfies Readonly<Record<string, PageRights>>;

const preflightSeconds = 600;

/** The header fields that let a page of `origin`, one that may come, read an answer. */
export function readingHeaders({ reads, cookies }: PageRights, origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    ...(reads === undefined ? {} : { 'access-control-expose-headers': reads }),
    ...(cookies === undefined ? {} : { 'access-control-allow-credentials': 'true' }),
  };
}

/** The header fields that answer a preflight. */
export function preflightHeaders({ methods, sends }: PageRights): Record<string, string> {
  return {
    'access-control-allow-methods': methods,
    'access-control-allow-headers': sends,
    'access-control-max-age': String(preflightSeconds),
  };
}

/**
 * Lets pages that may speak to this server read its answer. Answers whether the request was a preflight and has been
 * answered; a foreign page's is left to whoever refuses it.
 */
export function letPagesRead(
  rights: PageRights,
  origins: AllowedOrigins,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { origin } = request.headers;
  if (origin !== undefined) {
    // For caches: the same address is answered otherwise to others.
    response.setHeader('vary', 'origin');
    if (!origins.allows(origin, request)) return false;
    for (const [name, value] of Object.entries(readingHeaders(rights, origin))) response.setHeader(name, value);
  }
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204, preflightHeaders(rights));
  response.end();
  return true;
}
