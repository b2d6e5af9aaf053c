import type { ConnectionHandle, Outcome, Question, Reply, Revocation } from '@confab/engine';
import { type FakeTime, MemoryDomain, type TestBus, testLog, testUser } from '@confab/engine/testing';
import {
  type ErrorCode,
  type Home,
  inboxLog,
  type LogId,
  type RoomId,
  type RoomView,
  toWireError,
  type UserId,
  type WireError,
} from '@confab/protocol';

export const ada = testUser(1);
export const bob = testUser(2);
export const space = '00000000-0000-7000-8000-0000000000a1';
/** The id of a room that a number tells apart; its name is `room-<number>`. */
export const roomId = (number: number): RoomId => testLog(number).slice('room:'.length) as RoomId;
export const password = 'three grey herons';

interface Params {
  readonly room?: string;
  readonly text?: string;
  readonly clientId?: string;
  readonly limit?: number;
  readonly typing?: boolean;
  readonly users?: readonly UserId[];
  readonly name?: string;
  readonly state?: unknown;
  readonly handle?: string;
  readonly password?: string;
}
const bounds = { cursors: 100 };

/** People, rooms, messages and cursors in memory, as far as the gateway asks for them. */
export class TestDomain {
  readonly memory = new MemoryDomain();
  readonly bus: TestBus;
  private readonly time: FakeTime;
  readonly cursors = new Map<string, { state: unknown; savedAt: number }>();
  /** What commands are refused with, by name, as often as it says. */
  readonly refusals = new Map<string, { error: WireError; times: number }>();
  /** Sessions that were signed out. */
  readonly signedOut: string[] = [];
  /** What `presence.set` was called with. */
  readonly presences: string[] = [];

  constructor(bus: TestBus, time: FakeTime) {
    this.bus = bus;
    this.time = time;
    for (const user of [ada, bob]) this.memory.addInbox(user);
    for (const number of [1, 2]) this.memory.addLog(testLog(number), ada, bob);
    this.memory.addLog(testLog(3), bob);
    this.memory.addLog(`space:${space}`, ada, bob);
    this.memory.onExecute = (actor, command, params, connection) =>
      this.execute(actor.user, command, params as Params, connection);
  }

  /** As `Ask`: authenticates and runs. */
  async ask({ token, command, params }: Question): Promise<Reply> {
    if (command === 'account.sign-in') return this.signIn(params as Params);
    const actor = token === null ? undefined : this.memory.actors.get(token);
    if (!actor) return { error: toWireError('unauthenticated') };
    if (command === 'account.sign-out') {
      this.signOut(token ?? '');
      return { result: {} };
    }
    return this.memory.execute(actor, command, params);
  }

  refuse(command: string, code: ErrorCode, times = 1, details: Record<string, string | number> = {}): void {
    this.refusals.set(command, { error: toWireError(code, details), times });
  }

  signOut(token: string): void {
    const actor = this.memory.actors.get(token);
    this.memory.actors.delete(token);
    this.signedOut.push(token);
    if (actor) this.revoke({ kind: 'session', session: actor.session });
  }

  /** Stores a message, as somebody's, and brings it. */
  post(room: number, text: string, by: UserId = bob, clientId = `id-of-${text}`): { epoch: number; seq: number } {
    return this.append(testLog(room), 'message.posted', { id: `m-${text}`, clientId, text }, by);
  }

  addTo(room: number, user: UserId): void {
    this.memory.logs.get(testLog(room))?.members.add(user);
    this.append(inboxLog(user), 'inbox.room-added', { room: this.view(testLog(room)) });
  }

  removeFrom(room: number, user: UserId): void {
    const revocation = this.memory.remove(testLog(room), user);
    this.append(inboxLog(user), 'inbox.room-removed', { room: roomId(room), reason: 'removed' });
    this.revoke(revocation);
  }

  append(log: LogId, event: string, data: unknown, by: UserId | null = null): { epoch: number; seq: number } {
    const known = this.memory.logs.get(log);
    if (!known) throw new Error(`no log ${log}`);
    const { epoch, events } = known;
    const seq = events.length + 1;
    const json = JSON.stringify({ event, log, epoch, seq, at: this.time.nowMs, by, data });
    const stored = { log, epoch, seq, count: seq, notice: false, redacts: false, json };
    events.push(stored);
    this.bus.publish({ kind: 'event', event: stored });
    return { epoch, seq };
  }

  /** Texts of a room in the order of its log. */
  texts(room: number): string[] {
    return this.frames(testLog(room)).flatMap(({ event, data }) => (event === 'message.posted' ? [data.text] : []));
  }

  frames(
    log: LogId,
  ): { event: string; seq: number; by: UserId; at: number; data: { id: string; clientId: string; text: string } }[] {
    return (this.memory.logs.get(log)?.events ?? []).map(({ json }) => JSON.parse(json));
  }

  revoke(revocation: Revocation): void {
    this.bus.publish({ kind: 'revocation', revocation });
  }

  private signIn({ handle, password: given }: Params): Reply {
    if (handle !== 'ada' || given !== password) return { error: toWireError('wrong-credentials') };
    const { token } = this.memory.addSession(ada);
    return { result: { token } };
  }

  private async execute(
    user: UserId,
    command: string,
    params: Params,
    connection?: ConnectionHandle,
  ): Promise<Outcome> {
    const refusal = this.refusals.get(command);
    if (refusal !== undefined && refusal.times > 0) {
      refusal.times -= 1;
      return { error: refusal.error };
    }
    const operation = this.operations[command];
    return operation ? operation(user, params, connection) : { result: params };
  }

  private readonly operations: Record<
    string,
    (user: UserId, params: Params, connection?: ConnectionHandle) => Outcome
  > = {
    'account.home': (user) => ({ result: this.home(user) }),
    'message.post': (user, params) => this.postAs(user, params),
    'message.list': (user, { room = '', limit = 1 }) => this.list(user, room, limit),
    'typing.set': (user, { room, typing }) => {
      const log: LogId = `room:${room}`;
      const json = JSON.stringify({ event: 'typing.changed', log, at: 1, data: { user, typing } });
      this.bus.publish({ kind: 'ephemeral', ephemeral: { topic: log, key: `${log} ${user}`, json } });
      return { result: {} };
    },
    'presence.set': (_user, { state }) => {
      this.presences.push(String(state));
      return { result: {} };
    },
    'presence.watch': (_user, { users = [] }, connection) => {
      connection?.watch(users.map((each) => `presence:${each}`));
      return { result: { presences: users.map((each) => ({ user: each, state: 'offline', lastSeenAt: null })) } };
    },
    'cursor.save': (user, { name, state }) => {
      const key = `${user} ${name}`;
      const count = [...this.cursors.keys()].filter((each) => each.startsWith(user)).length;
      if (!this.cursors.has(key) && count >= bounds.cursors) return { error: toWireError('limit-reached') };
      this.cursors.set(key, { state: JSON.parse(JSON.stringify(state)) as unknown, savedAt: this.time.nowMs });
      return { result: { savedAt: this.time.nowMs } };
    },
    'cursor.show': (user, { name }) => {
      const found = this.cursors.get(`${user} ${name}`);
      return found ? { result: { cursor: { name, ...found } } } : { error: toWireError('not-found') };
    },
    'cursor.list': (user) => {
      const own = [...this.cursors].filter(([key]) => key.startsWith(`${user} `));
      return { result: { cursors: own.map(([key, { savedAt }]) => ({ name: key.slice(user.length + 1), savedAt })) } };
    },
    'cursor.delete': (user, { name }) =>
      this.cursors.delete(`${user} ${name}`) ? { result: {} } : { error: toWireError('not-found') },
  };

  private postAs(user: UserId, { room = '', text = '', clientId = '' }: Params): Outcome {
    const log: LogId = `room:${room}`;
    if (!this.memory.logs.get(log)?.members.has(user)) return { error: toWireError('not-found') };
    if (text === '') return { error: toWireError('text-empty') };
    const earlier = this.frames(log).find(({ by, data }) => by === user && data.clientId === clientId);
    const position = earlier ?? this.append(log, 'message.posted', { id: `m-${text}`, clientId, text }, user);
    return { result: { id: `m-${text}`, epoch: 1, seq: position.seq, postedAt: earlier?.at ?? this.time.nowMs } };
  }

  private list(user: UserId, room: string, limit: number): Outcome {
    const log: LogId = `room:${room}`;
    if (!this.memory.logs.get(log)?.members.has(user)) return { error: toWireError('not-found') };
    const messages = this.frames(log)
      .filter(({ event }) => event === 'message.posted')
      .slice(-limit)
      .map(({ seq, by, at, data }) => ({
        ...data,
        room,
        seq,
        author: by,
        postedAt: at,
        editedAt: null,
        deletedAt: null,
      }));
    return { result: { messages, notices: [], people: [], position: this.position(log) } };
  }

  private position(log: LogId) {
    const known = this.memory.logs.get(log);
    return { epoch: known?.epoch ?? 0, seq: known?.events.length ?? 0, count: 0 };
  }

  private view(log: LogId): RoomView {
    const id = log.slice('room:'.length) as RoomId;
    const info = { id, space, kind: 'channel', name: `room-${Number.parseInt(id.slice(-12), 16)}` };
    return { info, memberCount: 1, position: this.position(log), membership: null } as unknown as RoomView;
  }

  private home(user: UserId): Home {
    const logs = [...this.memory.logs].filter(([log, { members }]) => log.startsWith('room:') && members.has(user));
    const person = (id: UserId, handle: string) => ({ id, handle, name: handle, disabled: false });
    return {
      me: person(user, user === ada ? 'ada' : 'bob'),
      spaces: [{ id: space, name: 'Home', position: this.position(`space:${space}`) }],
      rooms: logs.map(([log]) => this.view(log)),
      people: [person(ada, 'ada'), person(bob, 'bob')],
      inbox: this.position(inboxLog(user)),
    } as unknown as Home;
  }
}
