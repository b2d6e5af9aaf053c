import { timingSafeEqual } from 'node:crypto';
import type { Engine } from '@confab/engine';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { metricsText } from '../metrics.ts';
import { refuse } from './answers.ts';

export interface HealthParts {
  readonly engine: Engine;
  readonly metricsToken: string;
  /** `false` while the server starts or drains: a proxy then sends nobody here. */
  ready(): boolean;
}

/** For whoever watches over the server. `live`: the process answers; `ready`: people may be sent to it. */
export function addHealthRoutes(app: FastifyInstance, parts: HealthParts): void {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', (_request, reply) =>
    parts.ready() ? { status: 'ready' } : reply.code(503).send({ status: 'draining' }),
  );
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, parts.metricsToken)) return refuse(reply, 'not-found');
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metricsText(parts.engine));
  });
}

function mayReadMetrics(request: FastifyRequest, token: string): boolean {
  if (token === '') return /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.ip);
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
