import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from './answers.ts';

const assetAge = 'public, max-age=31536000, immutable';

/** The web app's files, and its page for every address that is one of its screens. */
export async function addWebAppRoutes(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const built = folder !== undefined && existsSync(join(folder, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: true,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, path) {
        // Files under assets carry a hash of their content in their name.
        reply.header('cache-control', /[\\/]assets[\\/]/.test(path) ? assetAge : 'no-cache');
      },
    });
    // Of its own, because the folder itself is not a file that could be looked up.
    app.get('/', (_request, reply) => reply.sendFile('index.html'));
  }
  app.setNotFoundHandler((request, reply) => {
    if (built && isScreen(request)) return reply.sendFile('index.html');
    return refuseAddress(request, reply);
  });
}

function refuseAddress(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path = ''] = request.url.split('?');
  return path.startsWith('/api/')
    ? refuse(reply, 'unknown-command', { command: `${request.method} ${path}`.slice(0, 200) })
    : refuse(reply, 'not-found');
}

/** A browser that navigates asks for HTML; a missing file or an address of the interface stays an error. */
function isScreen(request: FastifyRequest): boolean {
  const [path = ''] = request.url.split('?');
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    !/^\/(api|health|metrics|assets)(\/|$)/.test(path) &&
    !/\.\w+$/.test(path) &&
    (request.headers.accept ?? '*/*').match(/text\/html|\*\/\*/) !== null
  );
}
