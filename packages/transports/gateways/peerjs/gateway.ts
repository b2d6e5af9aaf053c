import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemPorts, type Timers } from '@confab/engine';
import { closeCodes } from '@confab/protocol';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Door, DoorParts } from '../../door.ts';
import { refuse } from '../../http/answers.ts';
import { letPagesRead, pageRights } from '../../http/page-rights.ts';
import { createMessageServer, refuseUpgrade, turnAway } from '../../websocket/index.ts';
import { PeerJsConnection } from './connection.ts';
import { greetingOf } from './greeting.ts';
import { defaultPeerJsLimits, type PeerJsLimits } from './limits.ts';
import { refusalMessage } from './messages.ts';

export interface PeerJsOptions {
  readonly limits?: Partial<PeerJsLimits>;
  readonly timers?: Timers;
}

/** As the client builds it when it is given the path `/`, and the path `/peerjs`. */
const upgradePaths: ReadonlySet<string> = new Set(['/peerjs', '/peerjs/peerjs']);

/** The signalling server of PeerJS: browsers find each other by ids, and the server introduces them. */
export function createPeerJsGateway(parts: DoorParts, options: PeerJsOptions = {}): Door {
  return new PeerJsGateway(parts, options);
}

class PeerJsGateway implements Door {
  readonly name = 'peerjs';
  readonly path = '/peerjs';
  private readonly parts: DoorParts;
  private readonly limits: PeerJsLimits;
  private readonly timers: Timers;
  private readonly server: WebSocketServer;
  private readonly sockets = new Set<WebSocket>();
  /** On this node, to end the connection that another one of the same client replaces. */
  private readonly byId = new Map<string, PeerJsConnection>();

  constructor(parts: DoorParts, { limits, timers }: PeerJsOptions) {
    this.parts = parts;
    this.limits = { ...defaultPeerJsLimits, ...limits };
    this.timers = timers ?? systemPorts().timers;
    const { frameBytes, closeTimeoutMs } = this.limits;
    this.server = createMessageServer({ maxBytes: frameBytes, closeTimeoutMs });
  }

  /** `GET /peerjs/id`, or `/peerjs/<key>/id` for a client that was given the path `/peerjs`. */
  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const { origins } = this.parts;
    const { origin } = request.headers;
    if (letPagesRead(pageRights.peerjs, origins, request, response)) return;
    const foreign = origin !== undefined && !origins.allows(origin, request);
    const asked = /^\/peerjs(?:\/[^/]+)?\/(id|peers)$/.exec(pathOf(request))?.[1];
    if (foreign) refuse(response, 'foreign-origin');
    else if (asked === undefined || request.method !== 'GET') refuse(response, 'not-found');
    // Who is there is nobody's to list; the client knows 401 as “discovery is off”.
    else if (asked === 'peers') refuse(response, 'unauthenticated');
    else answerId(response);
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!upgradePaths.has(pathOf(request))) {
      refuseUpgrade(socket, 'not-found');
      return;
    }
    if (turnAway(this.parts, request, socket)) return;
    this.server.handleUpgrade(request, socket, head, (webSocket) => {
      this.sockets.add(webSocket);
      webSocket.on('close', () => this.sockets.delete(webSocket));
      webSocket.on('error', () => {});
      this.welcome(webSocket, socket, request);
    });
  }

  close(): void {
    this.server.close();
    for (const webSocket of this.sockets) webSocket.terminate();
  }

  private welcome(webSocket: WebSocket, socket: Duplex, request: IncomingMessage): void {
    const greeting = greetingOf(request.url ?? '');
    if ('refused' in greeting) {
      webSocket.send(refusalMessage(greeting.refused, greeting.why));
      webSocket.close(closeCodes.normal.code);
      return;
    }
    // A page that is signed in needs nothing: its cookie says who it is, and the client's own token is random.
    const token = this.parts.credentialsOf(request).token ?? greeting.token;
    const address = this.parts.addressOf(request);
    const parts = { ...this.parts, limits: this.limits, timers: this.timers };
    const connection = new PeerJsConnection(parts, webSocket, { greeting, token, address });
    this.attach(connection, webSocket, socket);
    // What it says before it has its id waits with the network.
    webSocket.pause();
    connection.open().then(
      (outcome) => {
        webSocket.resume();
        if (outcome === 'opened') this.opened(connection, webSocket);
      },
      (error: unknown) => {
        this.parts.report('error', 'a PeerJS client could not be taken in', { error });
        webSocket.close(closeCodes.internal.code);
      },
    );
  }

  private attach(connection: PeerJsConnection, webSocket: WebSocket, socket: Duplex): void {
    const onDrain = (): void => connection.drained();
    socket.on('drain', onDrain);
    webSocket.on('pong', () => connection.heard());
    webSocket.on('ping', (payload) => {
      connection.heard();
      if (webSocket.bufferedAmount <= this.limits.pongBacklogBytes) webSocket.pong(payload);
    });
    webSocket.on('error', (error: Error & { code?: string }) => {
      connection.violated(error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'frame-too-large' : 'malformed');
    });
    webSocket.on('close', () => {
      socket.off('drain', onDrain);
      if (this.byId.get(connection.id) === connection) this.byId.delete(connection.id);
      connection.closed();
    });
  }

  private opened(connection: PeerJsConnection, webSocket: WebSocket): void {
    this.byId.get(connection.id)?.superseded();
    this.byId.set(connection.id, connection);
    webSocket.on('message', (data) => connection.receive(String(data)));
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}

function answerId(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(randomUUID());
}
