import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { systemPorts, type Timers } from '@confab/engine';
import { type ErrorDetails, toWireError, type WireError } from '@confab/protocol';
import { Server as EngineServer } from 'engine.io';
import { Server, type Socket } from 'socket.io';
import { type ServerOptions, WebSocketServer } from 'ws';
import { type Door, type DoorParts, mayConnect } from '../../door.ts';
import { answerError } from '../../http/answers.ts';
import { mayRequest } from '../../http/may-request.ts';
import { letPagesRead, pageRights } from '../../http/page-rights.ts';
import { boundBodyTime } from '../../http/read-body.ts';
import { idOnNode } from '../../node-ids.ts';
import { refuseUpgrade } from '../../websocket/refuse-upgrade.ts';
import { admit } from './admission.ts';
import { boundedParser } from './bounded-parser.ts';
import { Connection, type EngineSocket } from './connection.ts';
import { defaultSocketIoLimits, type SocketIoLimits } from './limits.ts';
import { Strangers } from './strangers.ts';

export interface SocketIoOptions {
  readonly limits?: Partial<SocketIoLimits>;
  readonly timers?: Timers;
}

/** What tells a client in CONNECT that it is recovered; the library keeps it for its own adapter's use. */
interface Recoverable {
  pid: string;
  recovered: boolean;
}

/** Bytes of a connection's secret id. */
const sidBytes = 18;

/** Socket.IO 4 at `/socket.io`: the official server, with our log behind it instead of its adapter. */
export function createSocketIoGateway(parts: DoorParts, options: SocketIoOptions = {}): Door {
  const { limits, timers = systemPorts().timers } = options;
  return new SocketIoGateway(parts, { ...defaultSocketIoLimits, ...limits }, timers);
}

class SocketIoGateway implements Door {
  readonly name = 'socket.io';
  readonly path = '/socket.io';
  private readonly parts: DoorParts;
  private readonly limits: SocketIoLimits;
  private readonly timers: Timers;
  private readonly engine: EngineServer;
  private readonly server: Server;
  private readonly strangers: Strangers;
  private readonly connections = new WeakMap<EngineSocket, Connection>();

  constructor(parts: DoorParts, limits: SocketIoLimits, timers: Timers) {
    this.parts = parts;
    this.limits = limits;
    this.timers = timers;
    this.strangers = new Strangers(limits);
    this.engine = new EngineServer(engineOptions(limits));
    this.engine.generateId = () => idOnNode(parts.node, randomBytes(sidBytes).toString('base64url'));
    // Before the library hears of a connection, so that nothing of it goes past us.
    this.engine.on('connection', (socket: EngineSocket) => this.arrived(socket));
    this.server = new Server({
      serveClient: false,
      connectTimeout: limits.signInMs,
      parser: boundedParser(limits),
      cleanupEmptyChildNamespaces: true,
    });
    this.server.bind(this.engine);
    // Every name is looked at by `admit`, which is the first to know who asks.
    const spaces = this.server.of((_name, _auth, next) => next(null, true));
    for (const namespace of [this.server.of('/'), spaces]) {
      namespace.use((socket, next) => void this.letIn(socket, next));
      namespace.on('connection', (socket: Socket) => socket.data.session.begin());
    }
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    if (letPagesRead(pageRights['socket.io'], this.parts.origins, request, response)) return;
    const query = queryOf(request);
    const isForeign = !mayRequest(this.parts.origins, request);
    const refused = this.refusalOf(request, query, isForeign);
    if (refused !== undefined) answerError(response, refused);
    else {
      const sid = query.get('sid');
      if (sid !== null && request.method === 'GET') this.connectionOf(sid)?.polled(response);
      if (request.method === 'POST') boundBodyTime(request, response, this.timers);
      this.engine.handleRequest(request as never, response as never);
    }
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const isForeign = !mayConnect(this.parts.origins, request);
    const refused = this.refusalOf(request, queryOf(request), isForeign);
    if (refused === undefined) this.engine.handleUpgrade(request as never, socket, head);
    else refuseUpgrade(socket, refused.code, { ...refused.details, ...retryAfter(refused) });
  }

  /** What stands in the way of a request before the library sees it. */
  private refusalOf(request: IncomingMessage, query: URLSearchParams, isForeign: boolean): WireError | undefined {
    if (isForeign) return toWireError('foreign-origin');
    // Answers as a script would be read by pages that may not read ours. No client since version 2 asks for them.
    if (query.has('j')) return toWireError('invalid-params', { path: 'j', problem: 'not spoken here' });
    if (query.has('sid') || this.strangers.mayCome(this.parts.addressOf(request))) return undefined;
    return toWireError('overloaded', { retryAfterMs: this.limits.signInMs });
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  private arrived(engine: EngineSocket): void {
    const address = this.parts.addressOf(engine.request);
    const connection = new Connection(engine, address, this.limits);
    this.connections.set(engine, connection);
    this.strangers.came(engine, address);
    engine.on('close', () => this.strangers.left(engine));
  }

  private connectionOf(sid: string): Connection | undefined {
    const { clients } = this.engine as unknown as { clients: Record<string, EngineSocket> };
    const engine = Object.hasOwn(clients, sid) ? clients[sid] : undefined;
    return engine === undefined ? undefined : this.connections.get(engine);
  }

  private async letIn(socket: Socket, next: (error?: Error) => void): Promise<void> {
    const connection = this.connections.get(socket.conn);
    try {
      if (connection === undefined) throw new Error('a connection that nobody took in');
      const outcome = await admit(this.parts, this.limits, socket, connection);
      if ('error' in outcome) {
        // A client that is refused gives up; one whose connection ends tries again by itself.
        if (outcome.error.retry === 'later') connection.close();
        next(refusal(outcome.error));
        return;
      }
      const { session, pid, recovered } = outcome;
      socket.data.session = session;
      Object.assign(socket as unknown as Recoverable, { pid, recovered });
      this.strangers.left(socket.conn);
      next();
    } catch (error) {
      this.parts.report('error', 'a client could not be let in', { client: 'socket.io', error });
      connection?.close();
      next(refusal(toWireError('internal')));
    }
  }
}

function retryAfter({ retryAfterMs }: WireError): ErrorDetails {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

/** `connect_error` gives it to the client with its message, and the whole of it as `data`. */
function refusal(error: WireError): Error {
  return Object.assign(new Error(error.message), { data: error });
}

function engineOptions(limits: SocketIoLimits): NonNullable<ConstructorParameters<typeof EngineServer>[0]> {
  return {
    maxHttpBufferSize: limits.frameBytes,
    pingInterval: limits.pingIntervalMs,
    pingTimeout: limits.pingTimeoutMs,
    upgradeTimeout: limits.upgradeMs,
    transports: ['polling', 'websocket'],
    httpCompression: false,
    perMessageDeflate: false,
    wsEngine: boundedWebSocketServer(limits),
  };
}

/** The library's `ws`, in our version and with the bounds that it has no options for. */
function boundedWebSocketServer(limits: SocketIoLimits) {
  return class extends WebSocketServer {
    constructor(options: ServerOptions) {
      super({
        ...options,
        maxFragments: limits.fragments,
        maxBufferedChunks: limits.bufferedChunks,
        closeTimeout: limits.closingMs,
      } as ServerOptions);
    }
  };
}

function queryOf({ url = '' }: IncomingMessage): URLSearchParams {
  const mark = url.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
}
