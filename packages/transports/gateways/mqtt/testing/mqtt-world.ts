import type { ConnectionHandle, EngineLimits, Outcome, Question, Reply } from '@confab/engine';
import { type ErrorCode, type LogId, toWireError, type UserId, type WireError } from '@confab/protocol';
import { ada, bob, type Params, roomId, spaces, TestWorld } from '../../../testing/test-world.ts';

export const password = 'three grey herons';

interface MqttParams extends Params {
  readonly limit?: number;
  readonly users?: readonly UserId[];
  readonly name?: string;
  readonly state?: unknown;
  readonly handle?: string;
  readonly password?: string;
}
type Operation = (user: UserId, params: MqttParams, connection?: ConnectionHandle) => Outcome;

/** Cursors of one person. */
const mostCursors = 100;

/** A world with what MQTT asks for besides: cursors, presence, what was said last, and signing in with a password. */
export class MqttWorld extends TestWorld {
  readonly cursors = new Map<string, { state: unknown; savedAt: number }>();
  /** Sessions that were signed out. */
  readonly signedOut: string[] = [];
  /** What `presence.set` was called with. */
  readonly presences: string[] = [];
  /** What commands are refused with, by name, as often as it says. */
  private readonly refusals = new Map<string, { error: WireError; times: number }>();

  constructor(engine?: Partial<EngineLimits>) {
    super(engine);
    for (const number of [1, 2]) this.addRoom(number, ada, bob);
    this.addRoom(3, bob);
    this.domain.addLog(`space:${spaces[0].id}`, ada, bob);
  }

  /** In the form of real ones. */
  override signIn(user: UserId = ada): string {
    const { actor } = this.domain.addSession(user);
    const token = `token-of-${this.domain.actors.size}`.padEnd(43, '_');
    this.domain.actors.set(token, actor);
    return token;
  }

  override signOut(token: string): void {
    this.signedOut.push(token);
    super.signOut(token);
  }

  refuse(command: string, code: ErrorCode, times = 1, details: Record<string, string | number> = {}): void {
    this.refusals.set(command, { error: toWireError(code, details), times });
  }

  /** Texts of a room in the order of its log. */
  texts(room: number): string[] {
    return this.frames(`room:${roomId(room)}`).flatMap(({ event, data }) =>
      event === 'message.posted' ? [data.text] : [],
    );
  }

  override async ask(question: Question): Promise<Reply> {
    const { token, command, params } = question;
    if (command === 'account.sign-in') {
      const { handle, password: given } = params as MqttParams;
      if (handle !== 'ada' || given !== password) return { error: toWireError('wrong-credentials') };
      return { result: { token: this.domain.addSession(ada).token } };
    }
    if (command !== 'account.sign-out' || !this.domain.actors.has(token ?? '')) return super.ask(question);
    this.signOut(token ?? '');
    return { result: {} };
  }

  protected override execute(user: UserId, command: string, params: Params, connection?: ConnectionHandle): Outcome {
    const refusal = this.refusals.get(command);
    if (refusal !== undefined && refusal.times > 0) {
      refusal.times -= 1;
      return { error: refusal.error };
    }
    const operation = this.operations[command];
    return operation ? operation(user, params, connection) : super.execute(user, command, params);
  }

  private readonly operations: Readonly<Record<string, Operation>> = {
    'message.list': (user, { room = '', limit = 1 }) => this.list(user, `room:${room}`, limit),
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
      if (!this.cursors.has(key) && count >= mostCursors) return { error: toWireError('limit-reached') };
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

  private list(user: UserId, log: LogId, limit: number): Outcome {
    if (!this.isMember(log, user)) return { error: toWireError('not-found') };
    const room = log.slice('room:'.length);
    const kept = { room, editedAt: null, deletedAt: null };
    const messages = this.frames(log)
      .filter(({ event }) => event === 'message.posted')
      .slice(-limit)
      .map(({ seq, by, at, data }) => ({ ...data, ...kept, seq, author: by, postedAt: at }));
    return { result: { messages, notices: [], people: [], position: this.position(log) } };
  }
}
