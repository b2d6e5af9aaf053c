import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Credentials } from '@confab/engine';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { Door, DoorParts } from '../door.ts';
import { deflateFraming, messageFraming, plainFraming } from './framing.ts';
import { defaultWebSocketLimits, type WebSocketLimits } from './limits.ts';
import { MessagePeer, PeerSocket, WebSocketPeer } from './peer.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { turnAway } from './turn-away.ts';

export type WebSocketDoorParts = Pick<DoorParts, 'reception' | 'origins' | 'report' | 'addressOf' | 'credentialsOf'>;

export interface WebSocketDoorOptions {
  readonly limits?: Partial<WebSocketLimits>;
}

export const connectPath = '/api/v1/connect';

/** Our own protocol over WebSocket, at `connectPath`. */
export function createWebSocketDoor(parts: WebSocketDoorParts, options: WebSocketDoorOptions = {}): Door {
  return new WebSocketDoor(parts, options);
}

class WebSocketDoor implements Door {
  readonly name = 'websocket';
  readonly path = connectPath;
  private readonly parts: WebSocketDoorParts;
  private readonly limits: WebSocketLimits;
  private readonly server: WebSocketServer;
  private readonly connected = new Set<PeerSocket>();

  constructor(parts: WebSocketDoorParts, options: WebSocketDoorOptions) {
    this.parts = parts;
    this.limits = { ...defaultWebSocketLimits, ...options.limits };
    this.server = new WebSocketServer(serverOptions(this.limits));
    // With a listener, `ws` leaves the answer to a broken handshake to us.
    this.server.on('wsClientError', (_error, socket) => refuseUpgrade(socket, 'malformed'));
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { parts } = this;
    if (turnAway(parts, request, socket)) return;
    const address = parts.addressOf(request);
    // Which framing fits is read from the request here, so that nothing has to hold on to it later.
    const mayCompress = allowsFullWindow(request.headers['sec-websocket-extensions']);
    const credentials = parts.credentialsOf(request);
    this.server.handleUpgrade(request, socket, head, (webSocket) => {
      this.admit(webSocket as PeerSocket, socket, mayCompress, address, credentials);
    });
  }

  close(): void {
    this.server.close();
    for (const webSocket of this.connected) webSocket.terminate();
  }

  private admit(
    webSocket: PeerSocket,
    socket: Duplex,
    mayCompress: boolean,
    address: string,
    credentials: Credentials,
  ): void {
    const deflates = mayCompress && webSocket.extensions === 'permessage-deflate';
    const peer = canWriteFrames(webSocket, socket)
      ? new WebSocketPeer(webSocket, socket, deflates ? deflateFraming : plainFraming, address)
      : new MessagePeer(webSocket, socket as Socket, messageFraming, address);
    webSocket.peer = peer;
    (socket as PeerHolder)[peerOf] = peer;
    this.connected.add(webSocket);
    webSocket.on('message', onMessage);
    webSocket.on('ping', this.onPing);
    webSocket.on('pong', onPong);
    webSocket.on('error', onError);
    webSocket.on('close', this.onClose);
    socket.on('drain', onDrain);
    try {
      peer.session = this.parts.reception.accept(peer, credentials);
    } catch (error) {
      this.parts.report('error', 'a connection could not be taken in', { error });
      peer.close('internal');
    }
  }

  // One function for all connections: `this` is the socket that the event is about.
  private readonly onPing = pingListener(() => this.limits.pongBacklogBytes);
  private readonly onClose = closeListener(this.connected);
}

/** `closeTimeout` is newer than the published types of `ws`. */
function serverOptions(limits: WebSocketLimits): ServerOptions<typeof PeerSocket> & { closeTimeout: number } {
  return {
    noServer: true,
    clientTracking: false,
    WebSocket: PeerSocket,
    // Receiving only: our own frames never go through this deflater. Without context takeover the inflater lives
    // no longer than a message, so an idle connection has none.
    perMessageDeflate: { serverNoContextTakeover: true, clientNoContextTakeover: true },
    maxPayload: limits.frameBytes,
    maxFragments: limits.fragments,
    maxBufferedChunks: limits.bufferedChunks,
    closeTimeout: limits.closeTimeoutMs,
    skipUTF8Validation: false,
    // Answered by the peer, with a bound on what a client that does not read can make us queue.
    autoPong: false,
    // A subprotocol that nobody speaks is not agreed to.
    handleProtocols: () => false,
  };
}

/** What `ws` calls a message over the limit, and a length that no number holds. */
const lengthErrors: ReadonlySet<string | undefined> = new Set([
  'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
  'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
]);

const peerOf = Symbol('peer');
type PeerHolder = Duplex & { [peerOf]?: WebSocketPeer };

/** Whether `ws` writes to the very socket that we have, and that one tells how much it has not sent yet. */
function canWriteFrames(webSocket: PeerSocket, socket: Duplex): socket is Socket {
  return socket instanceof Socket && Reflect.get(webSocket, '_socket') === socket;
}

/** Frames shared by everyone are compressed with the full window; a client that asked for a smaller one gets plain ones. */
function allowsFullWindow(offer: string | undefined): boolean {
  return offer !== undefined && !offer.includes('server_max_window_bits');
}

function onMessage(this: unknown, data: unknown, isBinary: boolean): void {
  const session = (this as PeerSocket).peer?.session;
  if (!session) return;
  if (isBinary) session.violated('malformed');
  else session.receive(String(data));
}

function onPong(this: unknown): void {
  (this as PeerSocket).peer?.session?.alive();
}

function onError(this: unknown, error: Error & { code?: string }): void {
  (this as PeerSocket).peer?.session?.violated(lengthErrors.has(error.code) ? 'frame-too-large' : 'malformed');
}

function onDrain(this: PeerHolder): void {
  this[peerOf]?.session?.drained();
}

function pingListener(backlogBytes: () => number) {
  return function onPing(this: unknown, payload: Buffer): void {
    const { peer } = this as PeerSocket;
    peer?.answerPing(payload, backlogBytes());
    peer?.session?.alive();
  };
}

function closeListener(open: Set<PeerSocket>) {
  return function onClose(this: unknown): void {
    const webSocket = this as PeerSocket;
    open.delete(webSocket);
    webSocket.peer?.session?.closed();
    webSocket.peer = null;
  };
}
