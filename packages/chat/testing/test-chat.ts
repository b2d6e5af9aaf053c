import { hash } from 'node:crypto';
import {
  createIdFactory,
  type ErrorCode,
  type LoggedEvent,
  type LogId,
  type MailState,
  type Params,
  type Presence,
  type Result,
  type Role,
  type RoomId,
  type SignedIn,
  type SpaceId,
  type UserId,
  type WireError,
} from '@confab/protocol';
import type { Database } from '@confab/storage';
import { hashSync } from '@node-rs/argon2';
import type { Actor } from '../actor.ts';
import { type Chat, type ChatOptions, createChat } from '../chat.ts';
import type { ConnectionHandle } from '../completions.ts';
import type { Effects } from '../effects.ts';
import type { FileSource } from '../files/index.ts';
import type { OperationName } from '../operation.ts';
import { rateClasses } from '../rate-classes.ts';
import { hashToken } from '../tokens.ts';
import type { LentDatabase } from './lent-database.ts';
import { randomFrom } from './random-from.ts';
import { openTestDatabase } from './test-database.ts';
import type { NewPerson } from './test-scripts.ts';

export interface TestPerson {
  readonly user: UserId;
  readonly handle: string;
  readonly actor: Actor;
  readonly token: string;
}

/** What a refused command rejects with in tests. */
export class Refused extends Error {
  readonly error: WireError;

  constructor(command: string, error: WireError) {
    super(`${command} was refused: ${error.code} ${JSON.stringify(error.details ?? {})}`);
    this.error = error;
  }
}

export interface TestChatOptions {
  readonly signUp?: 'invite' | 'open';
  readonly mail?: MailState;
  /** What it has otherwise than a source that takes any file. */
  readonly files?: Partial<FileSource>;
  /** Limits as in production instead of none to speak of. */
  readonly realRates?: boolean;
  readonly seed?: number;
  /** Whose time it is, where others live by it too. */
  readonly time?: { nowMs: number };
  /** Hears of everything that is published. */
  readonly onPublished?: (effects: Effects) => void;
  readonly wrap?: (database: Database) => Database;
}

/** The password of everyone made by `addPerson` and `found`. */
export const testPassword = 'three grey herons';

// Cheap on purpose: how costly the real ones are is the business of `passwords.test.ts`.
const passwordHash = hashSync(testPassword, { memoryCost: 8, timeCost: 1, parallelism: 1 });

/** Takes any file, and finds its content to be what it was announced as. */
const testFiles: FileSource = {
  fileBytes: 1_000_000,
  personBytes: 10_000_000,
  spaceBytes: 20_000_000,
  hasRoom: () => Promise.resolve(true),
  settle: ({ id, size }) =>
    Promise.resolve({
      blob: hash('sha256', id, 'base64url'),
      ...{ size, kind: 'picture', type: 'image/png', details: { width: 2, height: 1 }, hasMore: true },
    }),
};

const unlimited = Object.fromEntries(Object.keys(rateClasses).map((name) => [name, { perSecond: 1e9, burst: 1e9 }]));

/** The domain on an empty database, with time moved by hand and everything that was told recorded. */
export class TestChat {
  readonly chat: Chat;
  readonly database: LentDatabase;
  /** Everything published so far, in order. */
  readonly published: Effects[] = [];
  readonly reports: { level: string; what: string; details?: Record<string, unknown> }[] = [];
  /** Who is online, for the presence port. */
  readonly online = new Map<UserId, Presence['state']>();
  readonly #time: { nowMs: number };
  readonly #onPublished: (effects: Effects) => void;
  readonly #randomBytes: (count: number) => Uint8Array;
  readonly #newId: () => string;
  #tokens = 0;

  private constructor(database: LentDatabase, options: TestChatOptions) {
    this.database = database;
    this.#time = options.time ?? { nowMs: 1_700_000_000_000 };
    this.#onPublished = options.onPublished ?? (() => undefined);
    this.#randomBytes = randomFrom(options.seed ?? 1);
    this.#newId = createIdFactory({ now: () => this.nowMs, randomBytes: this.#randomBytes });
    const report: ChatOptions['report'] = (level, what, details) =>
      void this.reports.push({ level, what, ...(details ? { details } : {}) });
    const files = { ...testFiles, ...options.files };
    this.chat = createChat({
      database: options.wrap?.(database) ?? database,
      publish: (effects) => this.#publish(effects),
      presence: {
        statesOf: (users) => users.map((user) => ({ user, state: this.online.get(user) ?? 'offline' })),
        online: () => [...this.online].filter(([, state]) => state === 'online').map(([user]) => user),
      },
      clock: { now: () => this.nowMs, monotonic: () => this.nowMs },
      random: { bytes: this.#randomBytes },
      instance: { name: 'Test', version: '0.0.0', signUp: options.signUp ?? 'invite', fileBytes: files.fileBytes },
      files,
      report,
      mail: options.mail ?? 'no-server',
      ...(options.realRates ? {} : { limits: { rates: unlimited } }),
    });
  }

  static async open(options: TestChatOptions = {}): Promise<TestChat> {
    return new TestChat(await openTestDatabase(), options);
  }

  /** Unix milliseconds; both clocks. */
  get nowMs(): number {
    return this.#time.nowMs;
  }

  set nowMs(nowMs: number) {
    this.#time.nowMs = nowMs;
  }

  close(): Promise<void> {
    return this.database.close();
  }

  /** Resolves when everything is stored that was to be stored, also what nobody waits for. */
  settled(): Promise<void> {
    return this.database.settled();
  }

  /** Runs a command; rejects with `Refused`. */
  async do<Name extends OperationName>(
    who: TestPerson | null,
    name: Name,
    params: Params<Name>,
    connection?: ConnectionHandle,
  ): Promise<Result<Name>> {
    const outcome = await this.chat.execute(who?.actor ?? null, name, params, connection, testOrigin);
    if ('error' in outcome) throw new Refused(name, outcome.error);
    return outcome.result as Result<Name>;
  }

  /** Does what is due, as a node does it, and what is due because of that. */
  async doDue(): Promise<void> {
    const { jobs } = this.chat;
    for (;;) {
      const { due } = await jobs.due(jobs.kinds);
      const done = await Promise.all(due.map((job) => jobs.finish(job)));
      if (!done.includes(true)) return;
    }
  }

  /** The code that a command is refused with, or `undefined` when it is not. */
  async refusal<Name extends OperationName>(
    who: TestPerson | null,
    name: Name,
    params: Params<Name>,
  ): Promise<ErrorCode | undefined> {
    const outcome = await this.chat.execute(who?.actor ?? null, name, params, undefined, testOrigin);
    return 'error' in outcome ? outcome.error.code : undefined;
  }

  /** Founds the instance: its owner, their space and its first room. */
  async found(): Promise<{ owner: TestPerson; space: SpaceId; general: RoomId }> {
    const owner = await this.#add('owner', { found: 'Team' });
    const home = await this.do(owner, 'account.home', {});
    const [space, room] = [home.spaces[0], home.rooms[0]];
    if (!space || !room) throw new Error('The set-up made no space or room.');
    return { owner, space: space.id, general: room.info.id };
  }

  /** Someone new, in a space with a role or in none. */
  addPerson(handle: string, membership?: { space: SpaceId; role: Role }): Promise<TestPerson> {
    return this.#add(handle, membership ? { join: membership.space, role: membership.role } : null);
  }

  /** A second session of the same person. */
  async addSession(person: TestPerson): Promise<TestPerson> {
    const token = this.#newToken();
    const input = { user: person.user, tokenHash: hashToken(token), now: this.nowMs, ids: [this.#newId()] };
    const signedIn = await this.database.write<SignedIn>('testing.add-session', input);
    this.nowMs += 1;
    return personOf(signedIn, token);
  }

  /** The person behind the answer to a set-up, sign-up or sign-in. */
  personFrom(signedIn: SignedIn): TestPerson {
    return personOf(signedIn, signedIn.token ?? '');
  }

  /** All events of a log as they are read back. */
  async events(log: LogId): Promise<LoggedEvent[]> {
    const range = { log, after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 100_000, noticesOnly: false };
    return (await this.chat.readLog(range)).map((event) => JSON.parse(event.json) as LoggedEvent);
  }

  /** Forgets what was published and answers with what happens during `work`. */
  async effectsOf(work: () => Promise<unknown>): Promise<Effects> {
    const before = this.published.length;
    await work();
    const told = this.published.slice(before);
    return {
      events: told.flatMap((effects) => effects.events),
      ephemerals: told.flatMap((effects) => effects.ephemerals),
      revocations: told.flatMap((effects) => effects.revocations),
    };
  }

  async #add(handle: string, then: NewPerson['then']): Promise<TestPerson> {
    const token = this.#newToken();
    const ids = [1, 2, 3, 4].map(() => this.#newId());
    const name = `${handle.slice(0, 1).toUpperCase()}${handle.slice(1)}`;
    const input: NewPerson = { handle, name, tokenHash: hashToken(token), passwordHash, then, now: this.nowMs, ids };
    const { signedIn, effects } = await this.database.write<{ signedIn: SignedIn; effects: Effects }>(
      'testing.add-person',
      input,
    );
    this.#publish(effects);
    // Ids are made here and in the domain: they are only in order if they are not of the same millisecond.
    this.nowMs += 1;
    return personOf(signedIn, token);
  }

  #publish(effects: Effects): void {
    this.published.push(effects);
    this.#onPublished(effects);
  }

  #newToken(): string {
    this.#tokens += 1;
    return `token-of-a-test-session-${String(this.#tokens).padStart(6, '0')}`;
  }
}

export const testOrigin = { agent: 'test', address: '192.0.2.1' } as const;

/** Whoever signed in. */
export function personOf(signedIn: SignedIn, token: string): TestPerson {
  const { me, session, expiresAt } = signedIn;
  return { user: me.id, handle: me.handle, actor: { user: me.id, session, expiresAt }, token };
}

/** Opens a test domain; close it when done. */
export const createTestChat = (options?: TestChatOptions): Promise<TestChat> => TestChat.open(options);
