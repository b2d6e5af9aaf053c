import type { ServerResponse } from 'node:http';
import { type ErrorCode, type ErrorDetails, errorRow, toWireError, type WireError } from '@confab/protocol';

type Headers = Readonly<Record<string, string | number>>;

/** Answers with JSON text. Where the asker is gone by now it goes nowhere, over HTTP/1.1 as over HTTP/2. */
export function answerJson(response: ServerResponse, status: number, text: string, headers: Headers = {}): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(text);
}

export function answerNothing(response: ServerResponse, status: 204 | 304, headers: Headers = {}): void {
  if (response.headersSent) return;
  response.writeHead(status, headers);
  response.end();
}

/**
 * Lets the connection end with this answer, so that what still comes of its request is not waited for. HTTP/2, where
 * many requests share a connection, has no such field.
 */
export function endConnection(response: ServerResponse): void {
  if (response.req.httpVersionMajor < 2) response.setHeader('connection', 'close');
}

/** Answers with an error in its one form ([C6]). */
export function answerError(response: ServerResponse, error: WireError): void {
  const { retryAfterMs } = error;
  const headers = retryAfterMs === undefined ? {} : { 'retry-after': Math.ceil(retryAfterMs / 1000) };
  answerJson(response, errorRow(error.code).status, JSON.stringify({ error }), headers);
}

export function refuse(response: ServerResponse, code: ErrorCode, details: ErrorDetails = {}): void {
  answerError(response, toWireError(code, details));
}
