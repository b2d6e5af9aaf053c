import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Clock, systemPorts, type Timers } from '@confab/engine';
import type { ErrorCode, ErrorDetails } from '@confab/protocol';
import type { WebSocketServer } from 'ws';
import { type Door, type DoorParts, mayConnect } from '../../door.ts';
import { refuse } from '../../http/answers.ts';
import { letPagesRead, pageRights } from '../../http/page-rights.ts';
import { refusalNow } from '../../not-now.ts';
import { decodeCursor } from '../../session/index.ts';
import { createMessageServer, refuseUpgrade } from '../../websocket/index.ts';
import { Connections } from './connections.ts';
import type { HubConnection } from './hub-connection.ts';
import { HubRequests } from './hub-requests.ts';
import { defaultSignalRLimits, type SignalRLimits } from './limits.ts';
import { newConnectionNames } from './negotiation.ts';
import { credentialsOf } from './request-credentials.ts';
import { WebSocketTransport } from './transports/web-socket.ts';

export interface SignalROptions {
  readonly limits?: Partial<SignalRLimits>;
  readonly clock?: Clock;
  readonly timers?: Timers;
}

/** What is not in our table of errors: it is there, and has a transport already. */
const conflict = { status: 409 };

type Found =
  | { readonly connection: () => HubConnection }
  | { readonly refused: ErrorCode; readonly details?: ErrorDetails; readonly status?: number };
const notHere: Found = { refused: 'not-found' };

/** A hub of ASP.NET Core SignalR at `/signalr`: negotiation, three transports, two encodings, one hub. */
export function createSignalRGateway(parts: DoorParts, options: SignalROptions = {}): Door {
  return new SignalRGateway(parts, options);
}

class SignalRGateway implements Door {
  readonly name = 'signalr';
  readonly path = '/signalr';
  private readonly parts: DoorParts;
  private readonly limits: SignalRLimits;
  private readonly server: WebSocketServer;
  private readonly connections: Connections;
  private readonly requests: HubRequests;

  constructor(parts: DoorParts, options: SignalROptions) {
    const { clock, timers } = { ...systemPorts(), ...options };
    this.parts = parts;
    this.limits = { ...defaultSignalRLimits, ...options.limits };
    const connectionParts = { ...parts, limits: this.limits, clock, timers };
    this.connections = new Connections(connectionParts);
    this.requests = new HubRequests(connectionParts, this.connections);
    const { transferBytes, closeTimeoutMs } = this.limits;
    this.server = createMessageServer({ maxBytes: transferBytes, closeTimeoutMs });
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    if (letPagesRead(pageRights.signalr, this.parts.origins, request, response)) return;
    const { path, query } = addressOf(request);
    if (path !== this.path && path !== `${this.path}/negotiate`) {
      refuse(response, 'not-found');
      return;
    }
    this.requests
      .handle(request, response, path === this.path ? 'transport' : 'negotiate', query)
      .catch((error: unknown) => {
        this.parts.report('error', 'a SignalR request failed', { error });
        refuse(response, 'internal');
      });
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { path, query } = addressOf(request);
    const found = path === this.path ? this.connectionOf(request, query) : notHere;
    if ('refused' in found) {
      const { refused, details, status } = found;
      refuseUpgrade(socket, refused, details, status === undefined ? {} : { status });
      return;
    }
    this.server.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = found.connection();
      connection.attach(new WebSocketTransport(webSocket, socket, connection, this.limits));
    });
  }

  close(): void {
    this.server.close();
    this.connections.close();
  }

  /** The connection that a WebSocket is for. One that nobody negotiated is made when the upgrade has succeeded. */
  private connectionOf(request: IncomingMessage, query: URLSearchParams): Found {
    const { origins, reception, addressOf: clientOf } = this.parts;
    if (!mayConnect(origins, request)) return { refused: 'foreign-origin' };
    const { token, tokenHash } = credentialsOf(this.parts, request, query);
    const connectionToken = query.get('id');
    const known = connectionToken === null ? undefined : this.connections.find(connectionToken, tokenHash);
    if (connectionToken !== null && known === undefined) return { refused: 'not-found' };
    // A connection that cannot go on is not there any more for who wants to go on with it.
    if (known?.mayHaveBeenResumed === true && !known.isResumable) return { refused: 'not-found' };
    if (known !== undefined && !known.isWaiting && !known.isResumable) return { refused: 'malformed', ...conflict };
    if (known?.isResumable === true) return { connection: () => known };
    const refused = refusalNow(reception, clientOf(request));
    if (refused !== undefined) return { refused: refused.code, details: refused.details };
    if (token === null) return { refused: 'unauthenticated' };
    const cursor = query.get('cursor');
    const from = cursor === null ? undefined : decodeCursor(cursor.slice(0, this.limits.cursorChars));
    if (cursor !== null && from === undefined) return { refused: 'invalid-params' };
    const negotiated = {
      ...newConnectionNames(this.parts.node),
      token,
      tokenHash,
      address: clientOf(request),
      mayResume: false,
      from,
    };
    return { connection: () => known ?? this.connections.add(negotiated) };
  }
}

function addressOf(request: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  return { path, query: new URLSearchParams(query) };
}
