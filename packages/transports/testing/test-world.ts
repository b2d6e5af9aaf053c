import {
  type ConnectionHandle,
  createEngine,
  type Engine,
  type EngineLimits,
  type Outcome,
  type Question,
  type Reply,
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
import type { DoorParts } from '../door.ts';

export const ownOrigin = 'http://here.example';
export const ada = testUser(1);
export const bob = testUser(2);
/** Rooms with a number from 100 on are of the second. */
export const spaces = [
  { id: '00000000-0000-7000-8000-0000000000a1', name: 'Home' },
  { id: '00000000-0000-7000-8000-0000000000a2', name: 'Team Ä' },
] as const;
/** The id of a room that a number tells apart; its name is `room-<number>`. */
export const roomId = (number: number): RoomId => testLog(number).slice('room:'.length) as RoomId;

/** The parameters that the commands of the world look at. */
export interface Params {
  readonly room?: string;
  readonly text?: string;
  readonly clientId?: string;
  readonly typing?: boolean;
}

export interface Position {
  readonly epoch: number;
  readonly seq: number;
}

interface Frame extends Position {
  readonly event: string;
  readonly by: UserId;
  readonly at: number;
  readonly data: { readonly id: string; readonly clientId: string; readonly text: string };
}

const sessionId = '00000000-0000-7000-8000-0000000000f1';
export const instance = { name: 'Test', version: '0', setUp: true, signUp: 'invite', fileBytes: 0 };

/**
 * Ada and Bob, and rooms with what is said in them, in memory behind an engine, as a door finds them. What waits is
 * moved by hand, what ends a turn is real. A gateway adds what it alone asks for in `execute`.
 */
export class TestWorld {
  readonly time = new FakeTime();
  readonly bus = new TestBus();
  readonly domain: MemoryDomain;
  readonly reported: string[] = [];
  readonly timers: Timers = { after: this.time.timers.after, endOfTick: (task) => void setImmediate(task) };
  engine: Engine;
  private readonly engineLimits: Partial<EngineLimits>;

  /** With the domain of another one, it is the same server after a restart. */
  constructor(engineLimits: Partial<EngineLimits> = {}, domain = new MemoryDomain()) {
    this.domain = domain;
    this.engineLimits = engineLimits;
    this.engine = this.newEngine();
    domain.onExecute = async (actor, command, params, connection) =>
      this.execute(actor.user, command, params as Params, connection);
    if (domain.logs.size === 0) for (const user of [ada, bob]) domain.addInbox(user);
  }

  /** What a door is given; it outlives the engine, as a process that takes another's place has the same address. */
  get doorParts(): DoorParts {
    return {
      reception: {
        refuses: (address) => this.engine.refuses(address),
        accept: (peer, credentials) => this.engine.accept(peer, credentials),
      },
      ask: (question) => this.ask(question),
      origins: { allows: (origin) => origin === ownOrigin },
      report: (_level, what) => void this.reported.push(what),
      node: 'thisnode',
      addressOf: ({ socket }) => socket.remoteAddress ?? '',
      credentialsOf: ({ headers }) => ({
        token: headers.authorization?.replace('Bearer ', '') ?? headers.cookie?.replace('session=', '') ?? null,
      }),
    };
  }

  /** Another engine takes the place of this one, which is not told. */
  restartEngine(): void {
    this.engine = this.newEngine();
  }

  /** Makes a session and answers with its token. */
  signIn(user: UserId = ada): string {
    return this.domain.addSession(user).token;
  }

  signOut(token: string): void {
    this.revoke(this.domain.endSession(token));
  }

  addRoom(number: number, ...members: UserId[]): LogId {
    const log = testLog(number);
    this.domain.addLog(log, ...members);
    return log;
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

  revoke(revocation: Revocation): void {
    this.bus.publish({ kind: 'revocation', revocation });
  }

  /** Stores a message, as somebody's, and brings it. */
  post(room: number, text: string, by: UserId = bob, clientId = `id-of-${text}`): Position {
    return this.append(testLog(room), 'message.posted', { id: `m-${text}`, clientId, text }, by);
  }

  /** Tells something that is not kept. */
  type(room: number): void {
    this.tellTyping(testLog(room), bob, true);
  }

  private tellTyping(log: LogId, user: UserId, typing: boolean): void {
    const json = JSON.stringify({ event: 'typing.changed', log, at: 1, data: { user, typing } });
    this.bus.publish({ kind: 'ephemeral', ephemeral: { topic: log, key: `${log} ${user}`, json } });
  }

  append(log: LogId, event: string, data: unknown, by: UserId | null = null): Position {
    const known = this.domain.logs.get(log);
    if (!known) throw new Error(`no log ${log}`);
    const { epoch, events } = known;
    const seq = events.length + 1;
    const json = JSON.stringify({ event, log, epoch, seq, at: this.time.nowMs, by, data });
    const stored = { log, epoch, seq, count: seq, notice: log.startsWith('inbox:'), redacts: false, json };
    events.push(stored);
    this.bus.publish({ kind: 'event', event: stored });
    return { epoch, seq };
  }

  /** What was told in a log, in its order. */
  frames(log: LogId): Frame[] {
    return (this.domain.logs.get(log)?.events ?? []).map(({ json }) => JSON.parse(json));
  }

  /** As `Ask`: authenticates and runs. */
  async ask({ token, command, params }: Question): Promise<Reply> {
    const known = token === null ? undefined : await this.domain.authenticate(token);
    if (known === undefined || 'error' in known) return { error: toWireError('unauthenticated') };
    return this.domain.execute(known.actor, command, params);
  }

  /** What a command does; one that nothing is known of answers with its own parameters. */
  protected execute(user: UserId, command: string, params: Params, _connection?: ConnectionHandle): Outcome {
    if (command === 'account.home') return { result: this.home(user) };
    if (command === 'message.post') return this.postAs(user, params);
    if (command === 'typing.set') {
      this.tellTyping(`room:${params.room}`, user, params.typing ?? false);
      return { result: {} };
    }
    return { result: params };
  }

  /** A message that is sent again is the same message. */
  private postAs(user: UserId, { room = '', text = '', clientId = '' }: Params): Outcome {
    const log: LogId = `room:${room}`;
    if (!this.isMember(log, user)) return { error: toWireError('not-found') };
    if (text === '') return { error: toWireError('text-empty') };
    const earlier = this.frames(log).find(({ by, data }) => by === user && data.clientId === clientId);
    const postedAt = earlier?.at ?? this.time.nowMs;
    const { epoch, seq } = earlier ?? this.append(log, 'message.posted', { id: `m-${text}`, clientId, text }, user);
    return { result: { id: `m-${text}`, epoch, seq, postedAt } };
  }

  protected isMember(log: LogId, user: UserId): boolean {
    return this.domain.logs.get(log)?.members.has(user) ?? false;
  }

  protected position(log: LogId): Position & { readonly count: number } {
    const known = this.domain.logs.get(log);
    return { epoch: known?.epoch ?? 0, seq: known?.events.length ?? 0, count: 0 };
  }

  protected view(log: LogId): RoomView {
    const id = log.slice('room:'.length);
    const number = Number.parseInt(id.slice(-12), 16);
    const space = spaces[number < 100 ? 0 : 1].id;
    const names = { name: `room-${number}`, topic: '', kind: 'channel', visibility: 'public' };
    const info = { id, space, ...names, createdBy: ada, createdAt: 1, archivedAt: null };
    return { info, memberCount: 1, position: this.position(log), membership: null } as unknown as RoomView;
  }

  protected home(user: UserId): Home {
    const logs = [...this.domain.logs.keys()].filter((log) => log.startsWith('room:') && this.isMember(log, user));
    const person = (id: UserId, handle: string) => ({ id, handle, name: handle, disabled: false });
    return {
      me: person(user, user === ada ? 'ada' : 'bob'),
      session: sessionId,
      instance,
      spaces: spaces.map((space) => ({
        ...space,
        role: 'member',
        memberCount: 1,
        position: this.position(`space:${space.id}`),
      })),
      rooms: logs.map((log) => this.view(log)),
      people: [person(ada, 'ada'), person(bob, 'bob')],
      inbox: this.position(inboxLog(user)),
    } as unknown as Home;
  }

  private newEngine(): Engine {
    const { domain, bus, time, timers } = this;
    const report = (_level: string, what: string) => void this.reported.push(what);
    const ports = { clock: time.clock, timers, random: fakeRandom(), report };
    return createEngine({ node: 'thisnode', domain, bus, ...ports, limits: this.engineLimits });
  }
}
