import { timingSafeEqual } from 'node:crypto';
import type { Engine } from '@confab/engine';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ClusterStats } from '../cluster/join-cluster.ts';
import { metricsText } from '../metrics.ts';
import { refuse } from './answers.ts';
import type { Readiness } from './readiness.ts';

export interface HealthParts {
  readonly engine: Engine;
  readonly metricsToken: string;
  /** Unless it is ready a proxy sends nobody here. */
  readiness(): Readiness;
  readonly cluster: (() => ClusterStats) | undefined;
}

/** For whoever watches over the server. `live`: the process answers; `ready`: people may be sent to it. */
export function addHealthRoutes(app: FastifyInstance, parts: HealthParts): void {
  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', (_request, reply) => {
    const readiness = parts.readiness();
    return reply.code(readiness.status === 'ready' ? 200 : 503).send(readiness);
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, parts.metricsToken)) return refuse(reply, 'not-found');
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metricsText(parts));
  });
}

function mayReadMetrics(request: FastifyRequest, token: string): boolean {
  if (token === '') return /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.ip);
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
