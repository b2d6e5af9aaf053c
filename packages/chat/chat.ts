import { createIdFactory, type LogId, type MailState, type Position, parseLogId, type UserId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import type { Actor, Origin } from './actor.ts';
import { Authentication } from './authentication.ts';
import type { ConnectionHandle, PresenceSource } from './completions.ts';
import type { Effects, StoredEvent } from './effects.ts';
import { Executor, type Outcome } from './executor.ts';
import { FileDesk } from './files/file-desk.ts';
import { type FileSource, noFiles } from './files/index.ts';
import { jobHandlers } from './job-handlers.ts';
import { JobDesk } from './jobs/job-desk.ts';
import type { ToldHead } from './logs/confirm-head.ts';
import type { LogRange } from './logs/log-queries.ts';
import { MailDesk } from './mail/mail-desk.ts';
import type { KnownNode } from './nodes/index.ts';
import type { NextPush } from './notifications/index.ts';
import type { InstanceFacts } from './prepared.ts';
import type { PushData } from './push/index.ts';
import { type VapidKeys, vapidKeys } from './push/vapid-keys.ts';
import { randomPool } from './random-pool.ts';
import type { RateLimits } from './rate-classes.ts';
import { asRefusal, type Report } from './refusal-of.ts';
import type { StoredRevocation } from './revocation-store.ts';
import type { OperationOutput, QueryName } from './scripts.ts';

export interface ChatLimits {
  readonly rates: RateLimits;
}

export interface ChatOptions {
  readonly database: Database;
  /** Hands effects to the bus, in the order in which their transactions were stored, before the asker is answered. */
  readonly publish: (effects: Effects) => void;
  readonly presence: PresenceSource;
  /** `now`: Unix milliseconds; `monotonic`: milliseconds that never step back. */
  readonly clock: { now(): number; monotonic(): number };
  readonly random: { bytes(count: number): Uint8Array };
  readonly instance: InstanceFacts;
  /** Whether it sends mail; it does not unless somebody says so. */
  readonly mail?: MailState;
  /** Where bytes of files are; without it none are taken. */
  readonly files?: FileSource;
  readonly report: Report;
  /** Hears when something was scheduled to be done later, and for when (Unix ms). */
  readonly onScheduled?: (dueAt: number) => void;
  readonly limits?: Partial<ChatLimits>;
}

const noOrigin: Origin = { agent: '', address: '' };

export type Chat = ReturnType<typeof createChat>;

/** The domain: what people and programs may do, the same whichever door they come through. */
export function createChat(options: ChatOptions) {
  const { database, publish, clock, report } = options;
  const now = () => clock.now();
  const authentication = new Authentication({ database, now, report });
  const randomBytes = randomPool((count) => options.random.bytes(count));
  const newId = createIdFactory({ now, randomBytes });
  const { onScheduled = () => undefined } = options;
  const executor = new Executor({
    mail: 'no-server',
    files: noFiles,
    ...options,
    rates: options.limits?.rates ?? {},
    newId,
    onScheduled,
  });
  const read = <T>(query: QueryName, input: unknown): Promise<T> => database.read<T>(query, input).catch(asRefusal);
  const write = <T>(query: QueryName, input: unknown, key?: string): Promise<T> =>
    database.write<T>(query, input, key).catch(asRefusal);

  return {
    /**
     * The actor behind a session's token, or the error that says why there is none. Never rejects. `command`: what it is
     * to be asked for; without one the session has to be good for everything.
     */
    authenticate: (token: string, command?: string) => authentication.authenticate(token, command),

    /** Runs one command. Never rejects; its effects were published before it resolves. */
    execute(
      actor: Actor | null,
      command: string,
      params: unknown,
      connection?: ConnectionHandle,
      origin: Origin = noOrigin,
    ): Promise<Outcome> {
      return executor.execute(command, params, { actor, connection, origin });
    },

    /** For each log its head if the asker may listen, otherwise `undefined`. @throws `Refusal` without storage. */
    mayListen(actor: Actor, logs: readonly LogId[]): Promise<(Position | undefined)[]> {
      return read('logs.audible', { actor, logs, now: now() });
    },

    /** Heads of logs, whoever asks. @throws `Refusal` without storage. */
    heads: (logs: readonly LogId[]): Promise<(Position | undefined)[]> => read('logs.heads', logs),

    /** Where a log stands, which gets a new epoch if it lacks what was told of it. @throws `Refusal` without storage. */
    confirmHead: (log: LogId, told: ToldHead): Promise<Position | undefined> =>
      write('logs.confirm-head', { log, told, now: now() }, parseLogId(log).id),

    /** Events in (after, upTo], at most `limit`. @throws `Refusal` without storage. */
    readLog: (range: LogRange): Promise<StoredEvent[]> => read('logs.read', range),

    /**
     * Revocations of the last minutes that were stored after a place; 0: all. For nodes that were not told. @throws
     * `Refusal` without storage.
     */
    revocationsSince: (at: number): Promise<StoredRevocation[]> => read('revocations.since', at),

    /** Whether the actor's session still counts. @throws `Refusal` without storage. */
    stands: (actor: Actor): Promise<boolean> => read('sessions.stand', { actor, now: now() }),

    /** Remembers when someone was last here (Unix ms). */
    recordLastSeen(user: UserId, at: number): void {
      write('people.seen', { user, at }).catch((error: unknown) => {
        report('warn', 'when someone was last seen could not be stored', { error });
      });
    },

    /** What is to be done later. */
    jobs: new JobDesk({
      ...{ database, publish, clock, newId, report, onScheduled },
      presence: options.presence,
      handlers: jobHandlers,
    }),

    /** What is sent to browsers though no page is open. @throws `Refusal` without storage. */
    push: {
      keys: (): Promise<VapidKeys> => vapidKeys(database).catch(asRefusal),
      /** What a job of this kind is to send now; `null` when there is nothing any more. */
      async next(subject: string, data: PushData): Promise<NextPush | null> {
        const push = await read<NextPush | null>('push.next', { subject, data, now: now() });
        if (push?.when !== 'away') return push;
        const [found] = options.presence.statesOf([push.target.user]);
        return found?.state === 'online' ? null : push;
      },
    },

    /** What is kept of files. */
    files: new FileDesk({ database, now }),

    /** What is sent by mail. */
    mail: new MailDesk({ database, now, randomBytes, presence: options.presence }),

    /** The processes of this instance. @throws `Refusal` without storage. */
    nodes: {
      renew: (node: KnownNode): Promise<void> => write('nodes.renew', node, 'nodes'),
      known: (): Promise<KnownNode[]> => read('nodes.known', null),
      forget: (node: Pick<KnownNode, 'name' | 'seenAt'>): Promise<void> => write('nodes.forget', node, 'nodes'),
      /** The secret of this name that all nodes share; `candidate` becomes it when there is none yet. */
      secret: (name: string, candidate: string): Promise<string> => write('nodes.secret', { name, candidate }, 'nodes'),
    },

    /**
     * Switches an account off or on; off ends all of its sessions at once. Not a command: for whoever runs the
     * instance. @throws `Refusal('not-found')`, or `Refusal('storage-unavailable')`.
     */
    async setAccountDisabled(user: UserId, disabled: boolean): Promise<void> {
      const { effects } = await write<OperationOutput>('accounts.set-disabled', { user, disabled, now: now() });
      publish(effects);
    },
  };
}
