import type { Ask } from '@confab/engine';
import type { Result } from '@confab/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from './answers.ts';
import { tokenOf } from './credentials.ts';

/** Commands that answer with a picture. */
type Shows = 'emoji.picture' | 'picture.show';

/** Pictures as files: what an address names never changes, as it is made of the content's hash. */
export function addPictureRoutes(app: FastifyInstance, ask: Ask): void {
  app.get('/api/v1/spaces/:space/pictures/:picture', (request, reply) => send(ask, 'emoji.picture', request, reply));
  app.get('/api/v1/pictures/:picture', (request, reply) => send(ask, 'picture.show', request, reply));
}

async function send(ask: Ask, command: Shows, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const outcome = await ask({
    token: tokenOf(request.raw),
    command,
    params: request.params,
    agent: request.headers['user-agent'] ?? '',
    address: request.ip,
  });
  reply.header('cache-control', 'no-store');
  if ('error' in outcome) return sendError(reply, outcome.error);
  const { type, file } = ('json' in outcome ? JSON.parse(outcome.json) : outcome.result) as Result<Shows>;
  return (
    reply
      .header('cache-control', 'private, max-age=31536000, immutable')
      // Opened by itself it is a picture and nothing more.
      .header('content-security-policy', "default-src 'none'; sandbox")
      .type(type)
      .send(Buffer.from(file, 'base64'))
  );
}
