import type { Report } from '@confab/engine';
import { type ErrorCode, type ErrorDetails, errorRow, Refusal, toWireError, type WireError } from '@confab/protocol';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** Answers with an error in its one form ([C6], [X1]). */
export function sendError(reply: FastifyReply, error: WireError): FastifyReply {
  if (error.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000));
  return reply.code(errorRow(error.code).status).header('cache-control', 'no-store').send({ error });
}

export function refuse(reply: FastifyReply, code: ErrorCode, details: ErrorDetails = {}): FastifyReply {
  return sendError(reply, toWireError(code, details));
}

/** What goes wrong before a command is known: its body cannot be read, or there is a bug in the server. */
export function errorHandler(report: Report, bodyBytes: number) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof Refusal) return sendError(reply, error.toWire());
    const status = 'statusCode' in error ? error.statusCode : undefined;
    if (status === 413) return refuse(reply, 'frame-too-large', { limit: bodyBytes });
    if (status !== undefined && status >= 400 && status < 500) return refuse(reply, 'malformed');
    report('error', 'a request failed', { route: request.routeOptions.url ?? 'none', error });
    return refuse(reply, 'internal');
  };
}
