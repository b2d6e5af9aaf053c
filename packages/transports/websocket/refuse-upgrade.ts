import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, type ErrorDetails, errorRow, toWireError } from '@confab/protocol';

/** Answers an upgrade request with an error in the form of the HTTP interface ([C6]) and ends the socket. */
export function refuseUpgrade(
  socket: Duplex,
  code: ErrorCode,
  details: ErrorDetails = {},
  { status = errorRow(code).status, headers = [] }: { status?: number; headers?: readonly string[] } = {},
): void {
  const error = toWireError(code, details);
  const body = JSON.stringify({ error });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    ...headers,
  ];
  if (error.retryAfterMs !== undefined) head.push(`Retry-After: ${Math.ceil(error.retryAfterMs / 1000)}`);
  // The socket has no owner any more: a reset while we answer must not become an uncaught error.
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
