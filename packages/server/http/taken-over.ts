import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** The response itself, with the headers that the reply has by now, for what writes to it past Fastify. */
export function takenOver(reply: FastifyReply): ServerResponse {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  return reply.raw;
}
