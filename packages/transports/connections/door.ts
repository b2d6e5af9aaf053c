import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Clock, type Random, systemPorts, type Timers } from '@confab/engine';
import { Refusal } from '@confab/protocol';
import { type Door, type DoorParts, mayConnect } from '../door.ts';
import { answerError, answerJson, answerNothing, refuse } from '../http/answers.ts';
import { nodeLoad, pollAfterMs } from '../http/back-off.ts';
import { mannerOf } from '../http/manner.ts';
import { mayRequest } from '../http/may-request.ts';
import { readText, refuseBody } from '../http/read-body.ts';
import { waitOf } from '../http/wait.ts';
import { idOnNode, nodeOfId } from '../node-ids.ts';
import { refusalNow } from '../not-now.ts';
import { type ConnectionsLimits, defaultConnectionsLimits } from './limits.ts';
import { type PolledFrames, PolledPeer } from './polled-peer.ts';
import { StreamPeer } from './stream-peer.ts';

export const connectionsPath = '/api/v1/connections';

export interface ConnectionsDoorOptions {
  readonly limits?: Partial<ConnectionsLimits>;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly random?: Random;
  /** How busy the node is, from 0 to 1. */
  readonly load?: () => number;
}

/** The whole protocol over plain HTTP, at `connectionsPath` ([D2]): for clients that no WebSocket reaches. */
export function createConnectionsDoor(parts: DoorParts, options: ConnectionsDoorOptions = {}): Door {
  return new ConnectionsDoor(parts, options);
}

/** A connection as its later requests find it. It lives on this node. */
interface Connection {
  readonly id: string;
  /** What it was opened with; whoever comes with anything else does not find it. */
  readonly token: string | null;
  readonly peer: StreamPeer | PolledPeer;
  /** Monotonic milliseconds of the last command or frame. */
  busyMs: number;
}

/** What opens a connection. */
interface Opening extends Pick<Connection, 'id' | 'token'> {
  readonly address: string;
  readonly text: string;
}

type Ports = Required<ConnectionsDoorOptions> & { readonly limits: ConnectionsLimits };
type Handler = (request: IncomingMessage, response: ServerResponse, connection: Connection) => void | Promise<void>;

/** Bytes of a connection's secret id. */
const idBytes = 24;

class ConnectionsDoor implements Door {
  readonly name = 'connections';
  readonly path = connectionsPath;
  readonly refusesByItself = true as const;
  private readonly parts: DoorParts;
  private readonly ports: Ports;
  private readonly connections = new Map<string, Connection>();
  /** What can be asked of an open connection. */
  private readonly handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
    ['GET ', (request, response, connection) => this.poll(request, response, connection)],
    ['POST /frames', (request, response, connection) => this.receive(request, response, connection)],
    ['DELETE ', (_request, response, connection) => this.leave(response, connection)],
  ]);

  constructor(parts: DoorParts, options: ConnectionsDoorOptions) {
    this.parts = parts;
    const limits = { ...defaultConnectionsLimits, ...options.limits };
    this.ports = { ...systemPorts(), load: nodeLoad(), ...options, limits };
  }

  nodeOf(request: IncomingMessage): string | undefined {
    return nodeOfId(addressed(request).id);
  }

  handleRequest(request: IncomingMessage, response: ServerResponse): void {
    this.route(request, response).catch((error: unknown) => {
      if (error instanceof Refusal) return answerError(response, error.toWire());
      this.parts.report('error', 'a request of a connection failed', { error });
      refuse(response, 'internal');
    });
  }

  close(): void {
    for (const connection of this.connections.values()) {
      connection.peer.session?.closed();
      if (connection.peer instanceof PolledPeer) connection.peer.release();
    }
    this.connections.clear();
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, id, rest } = addressed(request);
    const { method = '' } = request;
    if (method === 'POST' && path === connectionsPath) return this.begin(request, response);
    const handler = this.handlers.get(`${method} ${rest}`);
    if (id === '' || handler === undefined) {
      return refuse(response, 'unknown-command', { command: `${method} ${path}`.slice(0, 200) });
    }
    if (!mayRequest(this.parts.origins, request)) return refuse(response, 'foreign-origin');
    const connection = this.connections.get(id);
    const { token } = this.parts.credentialsOf(request);
    if (connection === undefined || connection.token !== token) return refuse(response, 'not-found');
    return handler(request, response, connection);
  }

  private async begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { parts, ports } = this;
    if (!mayConnect(parts.origins, request)) return refuse(response, 'foreign-origin');
    const address = parts.addressOf(request);
    const refused = refusalNow(parts.reception, address);
    if (refused !== undefined) return refuse(response, refused.code, refused.details);
    const { token } = parts.credentialsOf(request);
    const manner = mannerOf(request.headers.accept);
    const body = await readText(request, ports.limits.frameBytes, ports.timers);
    if ('problem' in body || body.text.trim() === '') {
      return refuseBody(response, 'problem' in body ? body.problem : 'malformed', ports.limits.frameBytes);
    }
    const id = idOnNode(parts.node, Buffer.from(ports.random.bytes(idBytes)).toString('base64url'));
    const opening = { id, token, address, text: body.text };
    if (manner === 'json') this.openPolled(response, opening);
    else this.openStream(response, opening, manner);
  }

  private openStream(response: ServerResponse, opening: Opening, manner: 'sse' | 'lines'): void {
    const { id, address, token, text } = opening;
    const opened = JSON.stringify({ event: 'connection.opened', data: { connection: id } });
    const peer = new StreamPeer(response, manner, address, opened, this.ports.timers);
    this.connections.set(id, { id, token, peer, busyMs: 0 });
    const session = this.parts.reception.accept(peer, { token });
    response.once('close', () => {
      this.connections.delete(id);
      session.closed();
    });
    peer.begin(session, text);
  }

  private openPolled(response: ServerResponse, { id, token, address, text }: Opening): void {
    const { timers, limits } = this.ports;
    const peer = new PolledPeer(address, timers, () => this.linger(connection));
    const connection: Connection = { id, token, peer, busyMs: this.nowMs() };
    this.connections.set(id, connection);
    const session = this.parts.reception.accept(peer, { token });
    peer.begin(session, text);
    // One that was not let in at all had nobody to tell yet.
    if (peer.isOver) session.closed();
    this.answerPoll(response, connection, peer, limits.openingMs, `"connection":"${id}",`);
    response.once('close', () => {
      // Nobody knows of it.
      if (!response.headersSent) this.drop(connection);
    });
  }

  private async poll(request: IncomingMessage, response: ServerResponse, connection: Connection): Promise<void> {
    const { peer } = connection;
    if (!(peer instanceof PolledPeer)) throw new Refusal('not-found');
    const query = new URL(request.url ?? '', 'http://localhost').searchParams;
    const after = Number(query.get('after') ?? 0);
    const waitMs = waitOf(query.get('wait'));
    peer.session?.alive();
    if (!Number.isSafeInteger(after) || !peer.acknowledge(after)) {
      throw new Refusal('invalid-params', { path: 'after', problem: 'not the next of an earlier answer' });
    }
    if (!peer.isDone) return this.answerPoll(response, connection, peer, waitMs);
    this.drop(connection);
    throw new Refusal('not-found');
  }

  /** `first` comes before the answer's other properties. */
  private answerPoll(
    response: ServerResponse,
    connection: Connection,
    peer: PolledPeer,
    waitMs: number,
    first = '',
  ): void {
    const answer = ({ next, frames }: PolledFrames): void => {
      if (frames !== '') connection.busyMs = this.nowMs();
      const { limits, load, random } = this.ports;
      const restMs = pollAfterMs(limits, this.nowMs() - connection.busyMs, load(), random.fraction());
      answerJson(response, 200, `{${first}"next":${next},"frames":[${frames}],"pollAfterMs":${restMs}}`);
    };
    peer.poll(waitMs, answer);
    response.once('close', () => peer.abandon(answer));
  }

  private async receive(request: IncomingMessage, response: ServerResponse, connection: Connection): Promise<void> {
    const { limits, timers } = this.ports;
    const { session } = connection.peer;
    const body = await readText(request, limits.frameBytes, timers);
    if ('problem' in body) {
      if (body.problem !== 'gone') session?.violated(body.problem);
      return refuseBody(response, body.problem, limits.frameBytes);
    }
    connection.busyMs = this.nowMs();
    session?.receive(body.text);
    answerNothing(response, 204);
  }

  private leave(response: ServerResponse, connection: Connection): void {
    this.drop(connection);
    answerNothing(response, 204);
  }

  private drop(connection: Connection): void {
    const { id, peer } = connection;
    this.connections.delete(id);
    peer.session?.closed();
    if (peer instanceof PolledPeer) peer.release();
    else peer.close();
  }

  /** The session has ended: what it said last can be fetched for a while. */
  private linger(connection: Connection): void {
    connection.peer.session?.closed();
    this.ports.timers.after(this.ports.limits.lingerMs, () => this.connections.delete(connection.id));
  }

  private nowMs(): number {
    return this.ports.clock.monotonic();
  }
}

/** The connection that an address names, and what of it is asked for. */
function addressed({ url = '' }: IncomingMessage): { path: string; id: string; rest: string } {
  const [path = ''] = url.split('?');
  const [, id = '', rest = ''] = /^\/([\w.-]{1,64})((?:\/.*)?)$/.exec(path.slice(connectionsPath.length)) ?? [];
  return { path, id, rest };
}
