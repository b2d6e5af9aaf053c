import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngine, type Engine, type EngineLimits, type Outcome, type Timers } from '@confab/engine';
import { FakeTime, fakeRandom, MemoryDomain, TestBus, testLog, testUser } from '@confab/engine/testing';
import { inboxLog, type LogId, type RoomId, roomLog, toWireError, type UserId } from '@confab/protocol';
import { createGraphqlGateway } from '../gateway.ts';
import type { GraphqlLimits } from '../limits.ts';

export const ownOrigin = 'http://here.example';
export const ada = testUser(1);
export const bob = testUser(2);
const space = '00000000-0000-7000-8000-0000000000a1';
const at = 1_700_000_000_000;

/** The id of a room that a number tells apart; it is named `room-<number>`. */
export const roomId = (number: number): RoomId => testLog(number).slice('room:'.length) as RoomId;

interface Options {
  readonly limits?: Partial<GraphqlLimits>;
  readonly engine?: Partial<EngineLimits>;
  readonly explorer?: boolean;
}

/** The gateway on a free port, before an engine whose domain has two people and three rooms in memory. */
export class OpenGateway {
  readonly time = new FakeTime();
  readonly domain = new MemoryDomain();
  readonly bus = new TestBus();
  readonly reported: string[] = [];
  readonly engine: Engine;
  private readonly server = createServer();
  private readonly timers: Timers;
  private close_: () => void | Promise<void> = () => {};

  private constructor(options: Options) {
    const { bus, domain } = this;
    // What ticks is real, what waits is moved by hand.
    this.timers = { after: this.time.timers.after, endOfTick: (task) => void setImmediate(task) };
    const { timers } = this;
    this.engine = createEngine({
      node: 'node',
      domain,
      bus,
      clock: this.time.clock,
      timers,
      random: fakeRandom(),
      report: (_level, what) => void this.reported.push(what),
      limits: options.engine ?? {},
    });
    for (const user of [ada, bob]) domain.addInbox(user);
    domain.addLog(testLog(1), ada, bob);
    domain.addLog(testLog(2), ada);
    domain.addLog(testLog(3), bob);
    domain.onExecute = async (actor, command, params) => this.execute(actor.user, command, params as Params);
  }

  static async open(options: Options = {}): Promise<OpenGateway> {
    const gateway = new OpenGateway(options);
    const { engine, server } = gateway;
    const { limits = {}, explorer = false } = options;
    const door = createGraphqlGateway(
      {
        reception: {
          refuses: (address) => engine.refuses(address),
          accept: (peer, credentials) => engine.accept(peer, credentials),
        },
        ask: async ({ token, command, params }) => {
          const actor = gateway.domain.actors.get(token ?? '');
          if (command === 'instance.show') return { result: instance };
          return actor
            ? gateway.execute(actor.user, command, params as Params)
            : { error: toWireError('unauthenticated') };
        },
        origins: { allows: (origin) => origin === ownOrigin },
        report: (_level, what) => void gateway.reported.push(what),
        node: 'thisnode',
        addressOf: ({ socket }) => socket.remoteAddress ?? '',
        credentialsOf: ({ headers }) => ({
          token: headers.authorization?.replace('Bearer ', '') ?? headers.cookie?.replace('session=', '') ?? null,
        }),
      },
      { limits, explorer, timers: gateway.timers },
    );
    gateway.close_ = () => door.close();
    server.on('request', (request, response) => door.handleRequest?.(request, response));
    server.on('upgrade', (request, socket, head) => door.handleUpgrade?.(request, socket, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await this.close_();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Makes a session and answers with its token. */
  signIn(user: UserId = ada): string {
    return this.domain.addSession(user).token;
  }

  signOut(token: string): void {
    const actor = this.domain.actors.get(token);
    this.domain.actors.delete(token);
    if (actor) this.bus.publish({ kind: 'revocation', revocation: { kind: 'session', session: actor.session } });
  }

  /** Stores a message and brings it. */
  post(room: number, text: string, by = bob): void {
    this.append(testLog(room), 'message.posted', { id: `m-${text}`, clientId: `c-${text}`, text }, by);
  }

  addTo(room: number, user: UserId): void {
    this.domain.logs.get(testLog(room))?.members.add(user);
    this.append(inboxLog(user), 'inbox.room-added', { room: this.view(testLog(room)) }, null);
  }

  removeFrom(room: number, user: UserId): void {
    this.bus.publish({ kind: 'revocation', revocation: this.domain.remove(testLog(room), user) });
    this.append(inboxLog(user), 'inbox.room-removed', { room: roomId(room), reason: 'removed' }, null);
  }

  /** One request over HTTP, and its answer. */
  async ask(query: string, { token, variables = {} }: { token?: string; variables?: object } = {}) {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  private append(log: LogId, event: string, data: object, by: UserId | null): { epoch: number; seq: number } {
    const known = this.domain.logs.get(log);
    if (!known) throw new Error(`no log ${log}`);
    const { epoch, events } = known;
    const seq = events.length + 1;
    const json = JSON.stringify({ event, log, epoch, seq, at, by, data });
    const stored = { log, epoch, seq, count: seq, notice: false, redacts: false, json };
    events.push(stored);
    this.bus.publish({ kind: 'event', event: stored });
    return { epoch, seq };
  }

  private async execute(user: UserId, command: string, params: Params): Promise<Outcome> {
    const log = roomLog(params.room as RoomId);
    const isMember = this.domain.logs.get(log)?.members.has(user) ?? false;
    if (command === 'account.home') return { result: this.home(user) };
    if (command === 'session.list') return { result: { sessions: [] } };
    if (command === 'instance.show') return { result: instance };
    if (!isMember) return { error: toWireError('not-found') };
    if (command === 'room.show') return { result: { room: this.view(log) } };
    if (command !== 'message.post') return { result: {} };
    const { text = '', clientId = '' } = params;
    if (text === '') return { error: toWireError('text-empty') };
    if (text === 'broken') return { result: { id: null } };
    const position = this.append(log, 'message.posted', { id: `m-${text}`, clientId, text }, user);
    return { result: { id: `m-${text}`, ...position, postedAt: at } };
  }

  private view(log: LogId) {
    const known = this.domain.logs.get(log);
    const id = log.slice('room:'.length);
    const name = `room-${Number.parseInt(id.slice(-12), 16)}`;
    const info = { id, space, kind: 'channel', visibility: 'public', name, topic: '', createdBy: ada, createdAt: at };
    const position = { epoch: known?.epoch ?? 0, seq: known?.events.length ?? 0, count: 0 };
    return { info: { ...info, archivedAt: null }, memberCount: 1, position, membership: null };
  }

  private home(user: UserId) {
    const rooms = [...this.domain.logs].filter(([log, { members }]) => log.startsWith('room:') && members.has(user));
    const inbox = this.domain.logs.get(inboxLog(user));
    return {
      me: { id: user, handle: 'ada', name: 'Ada', disabled: false },
      session: space,
      instance,
      spaces: [{ id: space, name: 'Home', role: 'member', memberCount: 1, position: null }],
      rooms: rooms.map(([log]) => this.view(log)),
      people: [],
      inbox: { epoch: inbox?.epoch ?? 0, seq: inbox?.events.length ?? 0, count: 0 },
    };
  }
}

type Params = Readonly<Record<string, string>>;

export interface Answer {
  readonly data?: Readonly<Record<string, never>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

const instance = { name: 'Test', version: '0', setUp: true, signUp: 'invite' };

/** The code of an answer's first error. */
export const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions?.code;

/** Waits for something that another socket brings about. */
export async function until(condition: () => boolean, deadlineMs = 10_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within ${deadlineMs} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
