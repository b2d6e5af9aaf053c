import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Context, handleProtocols, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { RawData, WebSocketServer } from 'ws';
import { createMessageServer, turnAway } from '../../websocket/index.ts';
import { refusalCodeOf } from './close-codes.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { prepare } from './prepare.ts';
import { overLimit, refuse } from './refusals.ts';
import { SocketWire } from './socket-wire.ts';

const token = /^[A-Za-z0-9_-]{20,128}$/;

type Params = Record<string, unknown>;
type InitContext = Context<Params, SocketWire>;

/** GraphQL over WebSocket: the subprotocol `graphql-transport-ws`, as `graphql-ws` speaks it. */
export class GraphqlWebSockets {
  private readonly parts: GatewayParts;
  private readonly sockets: WebSocketServer;
  private readonly server: Server<SocketWire>;
  private readonly wires = new Set<SocketWire>();
  /** Those that are not signed in yet. */
  private readonly opening = new Set<SocketWire>();

  constructor(parts: GatewayParts) {
    this.parts = parts;
    const { limits } = parts;
    const { messageBytes, closeTimeoutMs } = limits;
    this.sockets = createMessageServer({ maxBytes: messageBytes, closeTimeoutMs, handleProtocols });
    this.server = makeServer<Params, SocketWire>({
      connectionInitWaitTimeout: limits.initMs,
      onConnect: (context) => this.init(context),
      onSubscribe: (context, id, payload) => this.prepare(context, id, payload),
      execute: (args) => parts.execution.execute(args),
      subscribe: (args) => parts.execution.subscribe(args),
    });
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { parts } = this;
    if (turnAway(parts, request, socket, this.opening.size >= parts.limits.opening)) return;
    const address = parts.addressOf(request);
    const credentials = parts.credentialsOf(request);
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.admit(new SocketWire(webSocket, socket, { address, credentials, limits: parts.limits }));
    });
  }

  close(): void {
    this.sockets.close();
    for (const wire of this.wires) wire.socket.terminate();
  }

  private admit(wire: SocketWire): void {
    const { socket } = wire;
    this.wires.add(wire);
    this.opening.add(wire);
    let receive: ((text: string) => Promise<void>) | undefined;
    const closed = this.server.opened(
      {
        protocol: socket.protocol,
        send: (text) => wire.send(text),
        close: (code, reason) => wire.close(code ?? 1000, reason ?? ''),
        onMessage: (callback) => {
          receive = callback;
        },
        onPing: (payload) => wire.pong(payload),
        onPong: () => wire.heard(),
      },
      wire,
    );
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (isBinary) wire.close(4400, 'malformed');
      else if (wire.takesMessage()) {
        receive?.(String(data)).catch((error: unknown) => this.failed(wire, error));
      }
    });
    socket.on('close', (code, reason) => {
      this.wires.delete(wire);
      this.opening.delete(wire);
      wire.left();
      closed(code, String(reason)).catch((error: unknown) => {
        this.parts.report('error', 'a connection could not be let go', { client: wire.client, error });
      });
    });
  }

  private failed(wire: SocketWire, error: unknown): void {
    // What only servers say is sound to `graphql-ws`, which then throws; it is the client's mistake all the same.
    if (error instanceof Error && error.message.startsWith('Unexpected message of type')) {
      wire.close(4400, 'malformed');
      return;
    }
    this.parts.report('error', 'a message could not be handled', { client: wire.client, error });
    wire.close(4500, 'internal');
  }

  /** Signs in. The payload of `connection_init` counts where the request carried no credentials ([H4]). */
  private async init({ extra: wire, connectionParams }: InitContext): Promise<boolean | Params> {
    const credentials = wire.credentials.token === null ? { token: tokenIn(connectionParams) } : wire.credentials;
    const error = await wire.signIn(this.parts, credentials);
    if (error !== undefined) {
      wire.close(refusalCodeOf(error.code), error.code);
      return false;
    }
    this.opening.delete(wire);
    const welcome = wire.connection?.session.welcome;
    return welcome ? { user: welcome.user, session: welcome.session, serverTime: welcome.serverTime } : true;
  }

  private async prepare({ extra: wire, subscriptions }: InitContext, id: string, payload: SubscribePayload) {
    const { limits } = this.parts;
    const { connection } = wire;
    if (connection === null) return [refuse('unauthenticated')];
    if (id.length > limits.operationIdChars) return [overLimit(limits.operationIdChars, 'characters in an id')];
    if (Object.keys(subscriptions).length > limits.operations) {
      return [overLimit(limits.operations, 'operations on a connection')];
    }
    const prepared = await prepare(this.parts, payload, connection.context());
    return 'errors' in prepared ? prepared.errors : prepared.args;
  }
}

/** `{ token }` or `{ authorization: 'Bearer …' }`, as clients are used to. */
function tokenIn(params: Readonly<Params> | undefined): string | null {
  const { token: plain, authorization, Authorization } = params ?? {};
  const header = authorization ?? Authorization;
  const found = typeof plain === 'string' ? plain : typeof header === 'string' ? header.replace(/^bearer /i, '') : '';
  return token.test(found) ? found : null;
}
