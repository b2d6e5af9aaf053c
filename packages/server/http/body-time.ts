import type { IncomingMessage } from 'node:http';

/**
 * Ends a connection whose request has not arrived after `ms`. Node's own bound is one for all requests of a server, and
 * a file may take hours. A request without a body is not watched: it has arrived.
 */
export function boundBody(request: IncomingMessage, ms: number): void {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  if (request.httpVersionMajor > 1 || (chunked === undefined && (length === undefined || length === '0'))) return;
  const timer = setTimeout(() => request.destroy(), ms);
  const stop = () => clearTimeout(timer);
  request.once('end', stop).once('close', stop);
}

/** Ends a connection on which nothing of a request has arrived for `ms`. */
export function boundSilence(request: IncomingMessage, ms: number): void {
  const end = () => void request.destroy();
  request.socket.setTimeout(ms, end);
  request.once('close', () => request.socket.setTimeout(0).off('timeout', end));
}
