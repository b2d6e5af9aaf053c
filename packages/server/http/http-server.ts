import type { Ask, Engine, Report } from '@confab/engine';
import type { AllowedOrigins, Door } from '@confab/transports/door';
import { type FastifyInstance, fastify } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { errorHandler, refuse } from './answers.ts';
import { addCommandRoutes } from './command-routes.ts';
import { addDocsRoutes } from './docs-routes.ts';
import { addHealthRoutes } from './health-routes.ts';
import { mountDoors } from './mount-doors.ts';
import { mayChangeThings } from './origins.ts';
import { securityHeaders } from './security-headers.ts';
import { addWebAppRoutes } from './web-app-routes.ts';

/** Bounds of the HTTP side. */
const httpLimits = {
  bodyBytes: 256 * 1024,
  headerBytes: 16 * 1024,
  /** From the first byte to the last of a request's headers, and of the whole request. */
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 65_000,
  parameterChars: 256,
} as const;

export interface HttpParts {
  readonly config: ServerConfig;
  readonly version: string;
  readonly ask: Ask;
  readonly engine: Engine;
  readonly doors: readonly Door[];
  readonly origins: AllowedOrigins;
  readonly report: Report;
  /** The built web app's folder; `undefined` serves none. */
  readonly webApp: string | undefined;
  ready(): boolean;
}

/** Everything that HTTP answers, not listening yet. */
export async function createHttpServer(parts: HttpParts): Promise<FastifyInstance> {
  const { config, engine, report } = parts;
  const app = fastify({
    logger: false,
    trustProxy: config.trustProxy,
    bodyLimit: httpLimits.bodyBytes,
    routerOptions: { maxParamLength: httpLimits.parameterChars },
    requestTimeout: httpLimits.requestMs,
    keepAliveTimeout: httpLimits.keepAliveMs,
    http: {
      maxHeaderSize: httpLimits.headerBytes,
      headersTimeout: httpLimits.headersMs,
      // Another upgrade that a client offers (curl's to HTTP/2) is passed over, and its request answered as it is.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    forceCloseConnections: true,
  });
  app.setErrorHandler(errorHandler(report, httpLimits.bodyBytes));
  acceptOnlyJson(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    if (!mayChangeThings(parts.origins, request.raw)) return refuse(reply, 'foreign-origin');
    if (!parts.ready() && request.url.startsWith('/api/')) return refuse(reply, 'draining');
  });
  addCommandRoutes(app, { ask: parts.ask, alwaysSecure: config.publicUrl.startsWith('https:') });
  addDocsRoutes(app, config.name, parts.version);
  addHealthRoutes(app, { engine, metricsToken: config.metricsToken, ready: parts.ready });
  await addWebAppRoutes(app, parts.webApp);
  await mountDoors(app, parts.doors);
  return app;
}

/** Bodies are JSON or nothing: a form that another site's page can send is not read at all. */
function acceptOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(body as string));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
    }
  });
}
