import { inboxLog, type LogId, type SessionId, toWireError, type UserId } from '@confab/protocol';
import type {
  ConnectionHandle,
  Domain,
  Effects,
  Ephemeral,
  LogHead,
  LogRange,
  Outcome,
  Revocation,
  StoredEvent,
  StoredRevocation,
  ToldHead,
} from '../domain.ts';
import type { Actor } from '../ports.ts';

interface MemoryLog {
  epoch: number;
  readonly events: StoredEvent[];
  readonly members: Set<UserId>;
}

/** Called before each question is answered: a test may hold it up, or make it fail. */
export type Hold = (question: keyof Domain) => Promise<void> | void;

/**
 * A domain with logs in memory, for tests of what stands above and below it. What is appended is not published by
 * itself: a test decides what the bus brings, and in which order.
 */
export class MemoryDomain implements Domain {
  readonly logs = new Map<LogId, MemoryLog>();
  readonly actors = new Map<string, Actor>();
  /** As they are found in the database; a test puts them there. */
  readonly revocations: StoredRevocation[] = [];
  /** Commands as they were started. */
  readonly executed: { actor: Actor; command: string; params: unknown }[] = [];
  /** Ranges as they were read. */
  readonly reads: LogRange[] = [];
  hold: Hold = () => {};
  private sessionsMade = 0;
  private takenBack = 0;
  /** What commands do; unless set, they answer with their own parameters. */
  onExecute: (actor: Actor, command: string, params: unknown, connection?: ConnectionHandle) => Promise<Outcome> =
    async (_actor, _command, params) => ({ result: params });

  /** Makes an account with a session; the answer's token opens it. */
  addSession(user: UserId, options: { session?: string; expiresAt?: number } = {}): { token: string; actor: Actor } {
    const session = (options.session ?? `session-of-${user}-${this.sessionsMade}`) as SessionId;
    this.sessionsMade += 1;
    const actor: Actor = { user, session, expiresAt: options.expiresAt ?? Number.MAX_SAFE_INTEGER };
    const token = `token-of-${session}`.padEnd(24, '.');
    this.actors.set(token, actor);
    return { token, actor };
  }

  addLog(log: LogId, ...members: UserId[]): void {
    this.logs.set(log, { epoch: 1, events: [], members: new Set(members) });
  }

  addInbox(user: UserId): LogId {
    this.addLog(inboxLog(user), user);
    return inboxLog(user);
  }

  /** Stores the next event of a log, as a committed transaction would, and answers with it. */
  append(log: LogId, options: { notice?: boolean; redacts?: boolean; text?: string } = {}): StoredEvent {
    const { epoch, events } = this.logOf(log);
    const { notice = false, redacts = false, text = '' } = options;
    const seq = events.length + 1;
    const count = (events[events.length - 1]?.count ?? 0) + (notice ? 0 : 1);
    const event = notice ? 'room.renamed' : 'message.posted';
    const json = JSON.stringify({
      event,
      log,
      epoch,
      seq,
      at: 1_700_000_000_000 + this.takenBack * 60_000 + seq,
      by: null,
      data: { text },
    });
    const stored = { log, epoch, seq, count, notice, redacts, json };
    events.push(stored);
    return stored;
  }

  /** Takes a member's right away and answers with the revocation that belongs to it. */
  remove(log: LogId, user: UserId): Revocation {
    this.logOf(log).members.delete(user);
    return { kind: 'log', user, log };
  }

  /** Stores a revocation, as the transaction does that it follows from, and answers with it. */
  store(revocation: Revocation): Revocation {
    const at = this.revocations.length + 1;
    const stored = { id: `revocation-${at}`, ...revocation };
    this.revocations.push({ at, revocation: stored });
    return stored;
  }

  /** Ends a session, and answers with the revocation that belongs to it. */
  endSession(token: string): Revocation {
    const session = this.actors.get(token)?.session;
    if (session === undefined) throw new Error(`no session for ${token}`);
    this.actors.delete(token);
    return { kind: 'session', session };
  }

  /** Ends all of a user's sessions but one, and answers with the revocation that belongs to it. */
  endSessionsOf(user: UserId, keep?: SessionId): Revocation {
    const ended = [...this.actors].filter(([, actor]) => actor.user === user && actor.session !== keep);
    for (const [token] of ended) this.actors.delete(token);
    return { kind: 'user', user, sessions: ended.map(([, { session }]) => session) };
  }

  /** A restore: another history, under another epoch. */
  rewrite(log: LogId): void {
    const known = this.logOf(log);
    this.logs.set(log, { epoch: known.epoch + 1, events: [], members: known.members });
  }

  /** A fail-over to a copy that ends after `seq`: the same epoch, and whatever is appended then happens later. */
  takeBack(log: LogId, seq: number): void {
    this.logOf(log).events.splice(seq);
    this.takenBack += 1;
  }

  async confirmHead(log: LogId, told: ToldHead): Promise<LogHead | undefined> {
    await this.hold('confirmHead');
    const known = this.logOf(log);
    const event = known.events[told.seq - 1];
    const isThere = told.seq === 0 || (event?.json.startsWith(told.event ?? '') ?? false);
    if (known.epoch <= told.epoch && !(known.epoch === told.epoch && isThere)) {
      known.epoch = told.epoch + 1;
      const { epoch } = known;
      const again = (stored: StoredEvent) => ({
        ...stored,
        epoch,
        json: JSON.stringify({ ...JSON.parse(stored.json), epoch }),
      });
      known.events.splice(0, known.events.length, ...known.events.map(again));
    }
    return this.headOf(log);
  }

  async authenticate(token: string): ReturnType<Domain['authenticate']> {
    const actor = this.actors.get(token);
    await this.hold('authenticate');
    return actor ? { actor } : { error: toWireError('unauthenticated') };
  }

  async execute(actor: Actor, command: string, params: unknown, connection?: ConnectionHandle): Promise<Outcome> {
    this.executed.push({ actor, command, params });
    await this.hold('execute');
    return this.onExecute(actor, command, params, connection);
  }

  async mayListen(actor: Actor, logs: readonly LogId[]): Promise<(LogHead | undefined)[]> {
    const answer = logs.map((log) => (this.logs.get(log)?.members.has(actor.user) ? this.headOf(log) : undefined));
    await this.hold('mayListen');
    return answer;
  }

  async readLog(range: LogRange): Promise<StoredEvent[]> {
    this.reads.push(range);
    const { log, after, upTo, limit, noticesOnly } = range;
    const events = this.logOf(log).events.filter(
      ({ seq, notice }) => seq > after && seq <= upTo && (notice || !noticesOnly),
    );
    await this.hold('readLog');
    return events.slice(0, limit);
  }

  async heads(logs: readonly LogId[]): Promise<(LogHead | undefined)[]> {
    const answer = logs.map((log) => this.headOf(log));
    await this.hold('heads');
    return answer;
  }

  async revocationsSince(at: number): Promise<StoredRevocation[]> {
    const answer = this.revocations.filter((stored) => stored.at > at);
    await this.hold('revocationsSince');
    return answer;
  }

  async stands(actor: Actor): Promise<boolean> {
    await this.hold('stands');
    return [...this.actors.values()].some(({ session }) => session === actor.session);
  }

  private headOf(log: LogId): LogHead | undefined {
    const known = this.logs.get(log);
    if (known === undefined) return undefined;
    const last = known.events[known.events.length - 1];
    return { epoch: known.epoch, seq: last?.seq ?? 0, count: last?.count ?? 0 };
  }

  private logOf(log: LogId): MemoryLog {
    const known = this.logs.get(log);
    if (known === undefined) throw new Error(`no log ${log}`);
    return known;
  }
}

/** Effects with only what a test names. */
export function effects(some: {
  events?: readonly StoredEvent[];
  ephemerals?: readonly Ephemeral[];
  revocations?: readonly Revocation[];
}): Effects {
  return { events: [], ephemerals: [], revocations: [], ...some };
}
