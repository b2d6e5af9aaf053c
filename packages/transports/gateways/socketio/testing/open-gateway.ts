import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
  createEngine,
  type Engine,
  type EngineLimits,
  type Outcome,
  type Revocation,
  type Timers,
} from '@confab/engine';
import { FakeTime, fakeRandom, MemoryDomain, TestBus, testLog, testUser } from '@confab/engine/testing';
import {
  type Home,
  inboxLog,
  type LogId,
  type RoomId,
  type RoomView,
  toWireError,
  type UserId,
} from '@confab/protocol';
import type { Door } from '../../../door.ts';
import { createSocketIoGateway, type SocketIoOptions } from '../gateway.ts';

export const ownOrigin = 'http://here.example';
export const ada = testUser(1);
export const bob = testUser(2);
export const spaces = [
  { id: '00000000-0000-7000-8000-0000000000a1', name: 'Home' },
  { id: '00000000-0000-7000-8000-0000000000a2', name: 'Team Ä' },
];
/** The id of a room that a number tells apart. From 100 on it is of the second space. */
export const roomId = (number: number): RoomId => testLog(number).slice('room:'.length) as RoomId;

interface Bounds {
  readonly limits?: SocketIoOptions['limits'];
  readonly engine?: Partial<EngineLimits>;
}

/** The gateway on a free port, before an engine whose domain has people and rooms in memory. Time is moved by hand. */
export class OpenGateway {
  readonly time = new FakeTime();
  readonly domain: MemoryDomain;
  readonly bus = new TestBus();
  readonly reported: string[] = [];
  private readonly bounds: Bounds;
  private server = createServer();
  private readonly sockets = new Set<Socket>();
  private door: Door | null = null;
  engine: Engine;

  private constructor(bounds: Bounds, domain: MemoryDomain) {
    this.bounds = bounds;
    this.domain = domain;
    this.engine = this.newEngine();
    domain.onExecute = async (actor, command, params) =>
      this.execute(actor.user, command, params as Record<string, never>);
  }

  /** With the domain of another one, it is the same server after a restart. */
  static async open(bounds: Bounds = {}, domain = new MemoryDomain()): Promise<OpenGateway> {
    const gateway = new OpenGateway(bounds, domain);
    if (domain.logs.size === 0) {
      for (const user of [ada, bob]) domain.addInbox(user);
      for (const number of [1, 2, 100]) domain.addLog(testLog(number), ada, bob);
      domain.addLog(testLog(3), bob);
    }
    await gateway.listen(0);
    return gateway;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    await this.door?.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Cuts everyone off, as a pulled plug would. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** The process is gone and another one stands in its place, with the same data. */
  async restart(): Promise<void> {
    const { port } = this;
    await this.close();
    this.engine = this.newEngine();
    this.server = createServer();
    await this.listen(port);
  }

  /** Makes a session and answers with its token. */
  signIn(user: UserId): string {
    return this.domain.addSession(user).token;
  }

  signOut(token: string): void {
    const actor = this.domain.actors.get(token);
    this.domain.actors.delete(token);
    if (actor) this.revoke({ kind: 'session', session: actor.session });
  }

  /** Stores a message, as somebody's, and brings it. */
  post(room: number, text: string, by = bob, clientId = `id-of-${text}`): { epoch: number; seq: number } {
    return this.append(testLog(room), 'message.posted', { id: `m-${text}`, clientId, text }, by);
  }

  /** Puts someone into a room, as their inbox tells it. */
  addTo(room: number, user: UserId): void {
    this.domain.logs.get(testLog(room))?.members.add(user);
    this.append(inboxLog(user), 'inbox.room-added', { room: this.view(testLog(room)) });
  }

  removeFrom(room: number, user: UserId): void {
    const revocation = this.domain.remove(testLog(room), user);
    this.append(inboxLog(user), 'inbox.room-removed', { room: roomId(room), reason: 'removed' });
    this.revoke(revocation);
  }

  removeFromSpace(space: number, user: UserId): void {
    this.append(inboxLog(user), 'inbox.space-removed', { space: spaces[space]?.id });
  }

  append(log: LogId, event: string, data: unknown, by: UserId | null = null): { epoch: number; seq: number } {
    const known = this.domain.logs.get(log);
    if (!known) throw new Error(`no log ${log}`);
    const { epoch, events } = known;
    const seq = events.length + 1;
    const json = JSON.stringify({ event, log, epoch, seq, at: 1_700_000_000_000, by, data });
    const stored = { log, epoch, seq, count: seq, notice: false, redacts: false, json };
    events.push(stored);
    this.bus.publish({ kind: 'event', event: stored });
    return { epoch, seq };
  }

  private revoke(revocation: Revocation): void {
    this.bus.publish({ kind: 'revocation', revocation });
  }

  private get timers(): Timers {
    return { after: this.time.timers.after, endOfTick: (task) => void setImmediate(task) };
  }

  private newEngine(): Engine {
    const { bus, domain, timers } = this;
    const { clock } = this.time;
    const report = (_level: string, what: string) => void this.reported.push(what);
    return createEngine({
      node: 'node',
      domain,
      bus,
      clock,
      timers,
      random: fakeRandom(),
      report,
      limits: this.bounds.engine ?? {},
    });
  }

  private async listen(port: number): Promise<void> {
    const door = createSocketIoGateway(
      {
        reception: {
          refuses: (address) => this.engine.refuses(address),
          accept: (peer, credentials) => this.engine.accept(peer, credentials),
        },
        ask: async () => ({ error: toWireError('internal') }),
        origins: { allows: (origin) => origin === ownOrigin },
        report: (_level, what) => void this.reported.push(what),
        node: 'thisnode',
        addressOf: ({ socket }) => socket.remoteAddress ?? '',
        credentialsOf: ({ headers }) => ({ token: headers.cookie ?? headers.authorization ?? null }),
      },
      { ...(this.bounds.limits ? { limits: this.bounds.limits } : {}), timers: this.timers },
    );
    this.door = door;
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.server.on('request', (request, response) => door.handleRequest?.(request, response));
    this.server.on('upgrade', (request, socket, head) => door.handleUpgrade?.(request, socket, head));
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  private async execute(user: UserId, command: string, params: Record<string, never>): Promise<Outcome> {
    const { room, text = '', clientId = '', typing } = params;
    if (command === 'account.home') return { result: this.home(user) };
    if (command === 'typing.set') {
      const log = `room:${room}`;
      const json = JSON.stringify({ event: 'typing.changed', log, at: 1, data: { user, typing } });
      this.bus.publish({ kind: 'ephemeral', ephemeral: { topic: log, key: `${log} ${user}`, json } });
    }
    if (command !== 'message.post') return { result: params };
    if (text === '') return { error: toWireError('text-empty') };
    const log: LogId = `room:${room}`;
    if (!this.domain.logs.get(log)?.members.has(user)) return { error: toWireError('not-found') };
    const position = this.append(log, 'message.posted', { id: `m-${text}`, clientId, text }, user);
    return { result: { id: `m-${text}`, ...position, postedAt: 1_700_000_000_000 } };
  }

  private position(log: LogId) {
    const known = this.domain.logs.get(log);
    return { epoch: known?.epoch ?? 0, seq: known?.events.length ?? 0, count: 0 };
  }

  private view(log: LogId): RoomView {
    const id = log.slice('room:'.length) as RoomId;
    const number = Number.parseInt(id.slice(-12), 16);
    const info = { id, space: spaces[number < 100 ? 0 : 1]?.id, kind: 'channel', name: `room-${number}` };
    return { info, memberCount: 1, position: this.position(log), membership: null } as unknown as RoomView;
  }

  private home(user: UserId): Home {
    const logs = [...this.domain.logs].filter(([log, { members }]) => log.startsWith('room:') && members.has(user));
    return {
      me: { id: user },
      spaces,
      rooms: logs.map(([log]) => this.view(log)),
      inbox: this.position(inboxLog(user)),
    } as unknown as Home;
  }
}

/** Waits for something that another socket brings about. */
export async function until(condition: () => boolean, deadlineMs = 10_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${deadlineMs} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
