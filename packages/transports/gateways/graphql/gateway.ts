import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemPorts, type Timers } from '@confab/engine';
import { toWireError } from '@confab/protocol';
import type { Door, DoorParts } from '../../door.ts';
import { refuseUpgrade } from '../../websocket/index.ts';
import { answerError } from './answer.ts';
import { GraphqlEventStreams } from './event-streams.ts';
import { createExecution } from './execution.ts';
import { Explorer } from './explorer.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { defaultGraphqlLimits, type GraphqlLimits } from './limits.ts';
import { GraphqlRequests } from './requests.ts';
import { createSchema } from './schema/create-schema.ts';
import { GraphqlWebSockets } from './websocket.ts';

export const graphqlPath = '/graphql';
export const graphqlStreamPath = '/graphql/stream';

export interface GraphqlGatewayOptions {
  readonly limits?: Partial<GraphqlLimits>;
  /** Development: an explorer for browsers at `graphqlPath`, and a schema that anyone may ask for. */
  readonly explorer?: boolean;
  readonly timers?: Timers;
}

/** GraphQL: queries and mutations over HTTP, and with subscriptions over WebSocket and Server-Sent Events. */
export function createGraphqlGateway(parts: DoorParts, options: GraphqlGatewayOptions = {}): Door {
  return new GraphqlGateway(parts, options);
}

class GraphqlGateway implements Door {
  readonly name = 'graphql';
  readonly path = graphqlPath;
  private readonly parts: GatewayParts;
  private readonly requests: GraphqlRequests;
  private readonly streams: GraphqlEventStreams;
  private readonly sockets: GraphqlWebSockets;
  private readonly explorer: Explorer | null;

  constructor(parts: DoorParts, { limits, explorer = false, timers = systemPorts().timers }: GraphqlGatewayOptions) {
    this.parts = {
      ...parts,
      limits: { ...defaultGraphqlLimits, ...limits },
      schema: createSchema(),
      openSchema: explorer,
      execution: createExecution(parts.report),
      timers,
    };
    this.requests = new GraphqlRequests(this.parts);
    this.streams = new GraphqlEventStreams(this.parts);
    this.sockets = new GraphqlWebSockets(this.parts);
    this.explorer = explorer ? new Explorer() : null;
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const [path = ''] = (request.url ?? '').split('?');
    this.route(path, request, response).catch((error: unknown) => {
      this.parts.report('error', 'a request failed', { route: path.slice(0, 100), error });
      if (response.headersSent) response.destroy();
      else answerError(response, toWireError('internal'));
    });
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path] = (request.url ?? '').split('?');
    if (path === graphqlPath) this.sockets.handleUpgrade(request, socket, head);
    else refuseUpgrade(socket, 'not-found');
  }

  close(): void {
    this.sockets.close();
    this.streams.close();
  }

  private async route(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === graphqlStreamPath) return this.streams.handle(request, response);
    const isPage = request.method === 'GET' && (path !== graphqlPath || wantsPage(request));
    if (isPage && this.explorer?.serve(path, response)) return;
    if (path === graphqlPath) return this.requests.handle(request, response);
    answerError(response, toWireError('not-found'));
  }
}

/** A browser that navigates asks for HTML. */
function wantsPage({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes('text/html') ?? false;
}
