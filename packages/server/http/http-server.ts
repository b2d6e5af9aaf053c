import type { IncomingMessage, Server } from 'node:http';
import type { Chat } from '@confab/chat';
import type { Ask, Engine, Report } from '@confab/engine';
import type { AllowedOrigins, Certificate, Door } from '@confab/transports/door';
import { type FastifyHttpOptions, type FastifyInstance, fastify } from 'fastify';
import type { Handover } from '../cluster/handover.ts';
import type { ClusterStats } from '../cluster/join-cluster.ts';
import type { ServerConfig } from '../config.ts';
import type { OpenFiles } from '../files/open-files.ts';
import { errorHandler, refuse } from './answers.ts';
import { boundBody, boundSilence } from './body-time.ts';
import { addCommandRoutes } from './command-routes.ts';
import { crossOrigin } from './cross-origin.ts';
import { addDocsRoutes } from './docs-routes.ts';
import { addExportRoutes } from './export-routes.ts';
import { addFileRoutes } from './file-routes.ts';
import { addHealthRoutes } from './health-routes.ts';
import { isBelow } from './is-below.ts';
import { mountDoors } from './mount-doors.ts';
import type { OpenRequests } from './open-requests.ts';
import { mayChangeThings } from './origins.ts';
import { addPictureRoutes } from './picture-routes.ts';
import type { Readiness } from './readiness.ts';
import { securityHeaders, strictTransport } from './security-headers.ts';
import type { Stage } from './stage.ts';
import { addUnsubscribeRoutes } from './unsubscribe-routes.ts';
import { addUploadRoutes, uploadsPath } from './upload-routes.ts';
import { addWebAppRoutes } from './web-app-routes.ts';

/** Bounds of the HTTP side. */
const httpLimits = {
  /** A picture of `pictureBytes` as base64, and what stands around it. */
  bodyBytes: 384 * 1024,
  headerBytes: 16 * 1024,
  /** From the first byte to the last of a request's headers, and of the whole request. */
  headersMs: 10_000,
  requestMs: 30_000,
  /** Without a byte of a file that is being sent. */
  uploadSilenceMs: 60_000,
  keepAliveMs: 65_000,
  parameterChars: 256,
  /** Requests at once on one HTTP/2 connection, and its life without any traffic. */
  streams: 128,
  sessionMs: 72_000,
} as const;

export interface HttpParts {
  readonly config: ServerConfig;
  readonly version: string;
  readonly ask: Ask;
  readonly chat: Pick<Chat, 'files' | 'execute'>;
  readonly files: OpenFiles;
  readonly addressOf: (request: IncomingMessage) => string;
  readonly engine: Engine;
  readonly doors: readonly Door[];
  readonly handover: Handover;
  readonly origins: AllowedOrigins;
  readonly report: Report;
  /** With it HTTPS is spoken, HTTP/2 where the client wants it. */
  readonly certificate: Certificate | undefined;
  /** Whether browsers are told never to come without TLS again. */
  readonly insistsOnTls: boolean;
  /** The built web app's folder; `undefined` serves none. */
  readonly webApp: string | undefined;
  readonly openRequests: OpenRequests;
  stage(): Stage;
  readiness(): Readiness;
  /** `undefined`: this server is alone. */
  readonly cluster: (() => ClusterStats) | undefined;
}

/** Everything that HTTP answers, not listening yet. */
export async function createHttpServer(parts: HttpParts): Promise<FastifyInstance> {
  const { config, engine, report } = parts;
  const app = fastify({
    ...protocolOptions(parts.certificate),
    logger: false,
    // One hop, as `addressOf` has it: what stands before the proxy's own entry anybody can claim.
    trustProxy: config.trustProxy && ((_address: string, hop: number) => hop === 0),
    bodyLimit: httpLimits.bodyBytes,
    routerOptions: { maxParamLength: httpLimits.parameterChars },
    // What it would bound, `boundBody` does: a file may take longer.
    requestTimeout: 0,
    keepAliveTimeout: httpLimits.keepAliveMs,
    forceCloseConnections: true,
  });
  const answerPreflight = crossOrigin(config.origins);
  const isUpload = (url: string) => isBelow(url, { path: uploadsPath });
  const saysItself = (url: string) => parts.doors.some((door) => door.refusesByItself && isBelow(url, door));
  app.setErrorHandler(errorHandler(report, httpLimits.bodyBytes));
  acceptOnlyJson(app);
  app.addHook('onRequest', async (request, reply) => {
    parts.openRequests.add(reply.raw);
    if (isUpload(request.url)) boundSilence(request.raw, httpLimits.uploadSilenceMs);
    else boundBody(request.raw, httpLimits.requestMs);
    reply.headers(securityHeaders);
    // Whoever keeps connections open for later requests is to open the next one elsewhere.
    if (parts.stage() !== 'serving' && request.raw.httpVersionMajor < 2) reply.header('connection', 'close');
    if (parts.insistsOnTls) reply.header('strict-transport-security', strictTransport);
    if (answerPreflight(request, reply)) return reply;
    if (!mayChangeThings(parts.origins, request.raw)) return refuse(reply, 'foreign-origin');
    const isDraining = parts.stage() === 'draining';
    if (isDraining && request.url.startsWith('/api/') && !saysItself(request.url)) return refuse(reply, 'draining');
  });
  addCommandRoutes(app, { ask: parts.ask, alwaysSecure: config.publicUrl.startsWith('https:') });
  addPictureRoutes(app, parts.ask);
  addExportRoutes(app, parts.ask, parts.files.blobs);
  addFileRoutes(app, { ask: parts.ask, chat: parts.chat, blobs: parts.files.blobs });
  addUploadRoutes(app, {
    ...{ ask: parts.ask, report, addressOf: parts.addressOf },
    ...{ uploads: parts.files.uploads, fileBytes: parts.files.keeper.fileBytes },
  });
  await addUnsubscribeRoutes(app, parts.ask);
  addDocsRoutes(app, config.name, parts.version);
  const { readiness, cluster } = parts;
  addHealthRoutes(app, { engine, metricsToken: config.metricsToken, readiness, cluster });
  await addWebAppRoutes(app, parts.webApp);
  await mountDoors(app, parts.doors, parts.handover);
  return app;
}

/** What the two protocols are told; Fastify has an option of its own for each. */
function protocolOptions(certificate: Certificate | undefined): FastifyHttpOptions<Server> {
  const http1 = {
    maxHeaderSize: httpLimits.headerBytes,
    headersTimeout: httpLimits.headersMs,
    // Another upgrade that a client offers (curl's to HTTP/2) is passed over, and its request answered as it is.
    shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
  };
  if (!certificate) return { http: http1 };
  const http2 = {
    allowHTTP1: true,
    requestTimeout: 0,
    keepAliveTimeout: httpLimits.keepAliveMs,
    minVersion: 'TLSv1.2',
    settings: { maxConcurrentStreams: httpLimits.streams, maxHeaderListSize: httpLimits.headerBytes },
  };
  const options = {
    http2: true,
    http2SessionTimeout: httpLimits.sessionMs,
    https: { ...certificate, ...http1, ...http2 },
  };
  // The routes see the same requests either way; the type of Fastify's instance would differ with the protocol.
  return options as unknown as FastifyHttpOptions<Server>;
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
