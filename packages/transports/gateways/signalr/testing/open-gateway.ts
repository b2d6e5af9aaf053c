import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngine, type Engine, type EngineLimits, type Outcome } from '@confab/engine';
import { FakeTime, fakeRandom, MemoryDomain, TestBus, testLog, testUser } from '@confab/engine/testing';
import {
  type Home,
  inboxLog,
  type LogId,
  type RoomId,
  type RoomView,
  roomLog,
  toWireError,
  type UserId,
} from '@confab/protocol';
import type { Door } from '../../../door.ts';
import { createSignalRGateway } from '../gateway.ts';
import type { SignalRLimits } from '../limits.ts';

export const ownOrigin = 'http://here.example';
export const ada = testUser(1);
export const bob = testUser(2);
/** The id of a room that a number tells apart. */
export const roomId = (number: number): RoomId => testLog(number).slice('room:'.length) as RoomId;

interface Bounds {
  readonly limits?: Partial<SignalRLimits>;
  readonly engine?: Partial<EngineLimits>;
}

/** The gateway on a free port, before an engine with people and rooms in memory. Time is moved by hand. */
export class OpenGateway {
  readonly time = new FakeTime();
  readonly domain = new MemoryDomain();
  readonly bus = new TestBus();
  readonly reported: string[] = [];
  readonly engine: Engine;
  readonly door: Door;
  private readonly server = createServer();

  private constructor({ limits = {}, engine = {} }: Bounds) {
    const { clock } = this.time;
    const timers = { after: this.time.timers.after, endOfTick: (task: () => void) => void setImmediate(task) };
    const report = (_level: string, what: string) => void this.reported.push(what);
    const { domain, bus } = this;
    this.engine = createEngine({
      node: 'node',
      domain,
      bus,
      clock,
      timers,
      random: fakeRandom(),
      report,
      limits: engine,
    });
    domain.onExecute = async (actor, command, params) =>
      this.execute(actor.user, command, params as Record<string, never>);
    this.door = createSignalRGateway(
      {
        reception: this.engine,
        ask: async ({ token }) => {
          const known = token === null ? undefined : await domain.authenticate(token);
          return known !== undefined && 'actor' in known
            ? { result: { people: [] } }
            : { error: toWireError('unauthenticated') };
        },
        origins: { allows: (origin) => origin === ownOrigin },
        report,
        node: 'thisnode',
        addressOf: ({ socket }) => socket.remoteAddress ?? '',
        credentialsOf: ({ headers }) => ({
          token: headers.authorization?.replace('Bearer ', '') ?? headers.cookie ?? null,
        }),
      },
      { limits, clock, timers },
    );
    const { door, server } = this;
    server.on('request', (request, response) => door.handleRequest?.(request, response));
    server.on('upgrade', (request, socket, head) => door.handleUpgrade?.(request, socket, head));
  }

  static async open(bounds: Bounds = {}): Promise<OpenGateway> {
    const gateway = new OpenGateway(bounds);
    for (const user of [ada, bob]) gateway.domain.addInbox(user);
    for (const number of [1, 2]) gateway.domain.addLog(testLog(number), ada, bob);
    gateway.domain.addLog(testLog(3), bob);
    await new Promise<void>((resolve) => gateway.server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/signalr`;
  }

  async close(): Promise<void> {
    await this.door.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Makes a session and answers with its token. */
  signIn(user: UserId): string {
    return this.domain.addSession(user).token;
  }

  signOut(token: string): void {
    const actor = this.domain.actors.get(token);
    this.domain.actors.delete(token);
    if (actor) this.bus.publish({ kind: 'revocation', revocation: { kind: 'session', session: actor.session } });
  }

  /** Stores a message, as Bob's, and brings it. */
  post(room: number, text: string): void {
    this.append(testLog(room), 'message.posted', { id: `m-${text}`, clientId: `c-${text}`, text }, bob);
  }

  addTo(room: number, user: UserId): void {
    this.domain.logs.get(testLog(room))?.members.add(user);
    this.append(inboxLog(user), 'inbox.room-added', { room: this.view(testLog(room)) });
  }

  removeFrom(room: number, user: UserId): void {
    const revocation = this.domain.remove(testLog(room), user);
    this.append(inboxLog(user), 'inbox.room-removed', { room: roomId(room), reason: 'removed' });
    this.bus.publish({ kind: 'revocation', revocation });
  }

  /** Tells something that is not kept: somebody types. */
  type(room: number): void {
    const log = testLog(room);
    const json = JSON.stringify({ event: 'typing.changed', log, at: 1, data: { user: bob, typing: true } });
    this.bus.publish({ kind: 'ephemeral', ephemeral: { topic: log, key: log, json } });
  }

  private append(log: LogId, event: string, data: unknown, by: UserId | null = null): { epoch: number; seq: number } {
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

  private async execute(user: UserId, command: string, params: Record<string, never>): Promise<Outcome> {
    const { room, text = '', clientId = '' } = params;
    if (command === 'account.home') return { result: this.home(user) };
    if (command !== 'message.post') return { result: params };
    const log = roomLog(room as unknown as RoomId);
    if (text === '') return { error: toWireError('text-empty') };
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
    const info = { id, space: 'space', kind: 'channel', name: `room-${Number.parseInt(id.slice(-12), 16)}` };
    return { info, memberCount: 1, position: this.position(log), membership: null } as unknown as RoomView;
  }

  private home(user: UserId): Home {
    const logs = [...this.domain.logs].filter(([log, { members }]) => log.startsWith('room:') && members.has(user));
    return {
      me: { id: user },
      spaces: [{ id: 'space', name: 'Home' }],
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
