import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorCode, errorRow, toWireError, type WireError } from '@confab/protocol';
import { GraphQLError } from 'graphql';
import { endConnection } from '../../http/answers.ts';
import { readText } from '../../http/read-body.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { refusal } from './refusals.ts';

interface AnswerHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const json = 'application/json; charset=utf-8';

/** What a status of the handlers means in our list ([X1]); they say no more than the status itself. */
const codes: Readonly<Record<number, ErrorCode>> = { 404: 'not-found', 409: 'limit-reached' };

/** Sends what a handler answered; an error without a body, or without a code, is given both. */
export function answer(response: ServerResponse, body: string | null, head: AnswerHead): void {
  const { status, statusText, headers = {} } = head;
  const sent = status < 400 ? body : codedBody(body, status, statusText);
  const type = sent !== null && headers['content-type'] === undefined ? { 'content-type': json } : {};
  response.writeHead(status, { ...allowed(response, headers), ...type, 'cache-control': 'no-store' });
  response.end(sent ?? undefined);
}

export function answerError(response: ServerResponse, error: WireError): void {
  const { status } = errorRow(error.code);
  const { retryAfterMs } = error;
  const headers = retryAfterMs === undefined ? undefined : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
  const body = JSON.stringify({ errors: [refusal(error)] });
  answer(response, body, { status, statusText: '', headers });
}

/** The header fields that may be sent: HTTP/2 has no `connection`. */
function allowed(response: ServerResponse, headers: Readonly<Record<string, string>>): Record<string, string> {
  const isHttp2 = response.req.httpVersionMajor >= 2;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isHttp2 || name !== 'connection'));
}

/** The body of a request, empty for a method that has none. `null`: it could not be read, and that is answered. */
export async function bodyOf(
  request: IncomingMessage,
  response: ServerResponse,
  { limits, timers }: Pick<GatewayParts, 'limits' | 'timers'>,
): Promise<string | null> {
  if (request.method !== 'POST') return '';
  const limit = limits.messageBytes;
  const body = await readText(request, limit, timers);
  if ('text' in body) return body.text;
  if (body.problem === 'gone') response.destroy();
  else if (body.problem === 'malformed') answerError(response, toWireError('malformed'));
  else {
    endConnection(response);
    answerError(response, toWireError('frame-too-large', { limit }));
  }
  return null;
}

function codedBody(body: string | null, status: number, statusText: string): string {
  const code = codes[status] ?? 'malformed';
  const { retry } = toWireError(code);
  const { errors } = (body === null ? { errors: [{ message: statusText }] } : JSON.parse(body)) as {
    errors: { message: string; extensions?: object }[];
  };
  const told = errors.map((error) =>
    error.extensions ? error : new GraphQLError(error.message, { extensions: { code, retry } }),
  );
  return JSON.stringify({ errors: told });
}
