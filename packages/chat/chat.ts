import {
  type CommandName,
  createIdFactory,
  type LogId,
  type Position,
  Refusal,
  toWireError,
  type UserId,
  type WireError,
} from '@confab/protocol';
import { type Database, DatabaseUnavailable, Rollback } from '@confab/storage';
import type { SessionState } from './accounts/index.ts';
import { Passwords } from './accounts/passwords.ts';
import type { Actor, Origin } from './actor.ts';
import { type ConnectionHandle, completions, type PresenceSource } from './completions.ts';
import type { Effects, StoredEvent } from './effects.ts';
import type { LogRange } from './logs/log-queries.ts';
import type { OperationName } from './operation.ts';
import { operationNamed } from './operations.ts';
import { type Prepared, type Preparing, preparations } from './preparations.ts';
import type { InstanceFacts } from './prepared.ts';
import type { RateLimits } from './rate-classes.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { OperationInput, OperationOutput, QueryName, RefusedBecause } from './scripts.ts';
import { hashToken } from './tokens.ts';
import { validate } from './validate.ts';

export interface ChatLimits {
  readonly rates: RateLimits;
}

export interface ChatOptions {
  readonly database: Database;
  /** Hands effects to the bus, in the order in which their transactions were stored. */
  readonly publish: (effects: Effects) => void;
  readonly presence: PresenceSource;
  readonly clock: { now(): number; monotonic(): number };
  readonly random: { bytes(count: number): Uint8Array };
  readonly instance: InstanceFacts;
  readonly report: (
    level: 'debug' | 'info' | 'warn' | 'error',
    what: string,
    details?: Record<string, unknown>,
  ) => void;
  readonly limits?: Partial<ChatLimits>;
}

export type Outcome = { readonly result: unknown } | { readonly error: WireError };

/** Notes that a session is used at most this often. */
const touchEveryMs = 3_600_000;
const noOrigin: Origin = { agent: '', address: '' };

export type Chat = ReturnType<typeof createChat>;

/** The domain: what people and programs may do, the same whichever door they come through ([C4]). */
export function createChat(options: ChatOptions) {
  const { database, publish, presence, clock, random, instance, report } = options;
  const passwords = new Passwords();
  const rates = new RateLimiter(options.limits?.rates ?? {}, () => clock.monotonic());
  const newId = createIdFactory({ now: () => clock.now(), randomBytes: (count) => random.bytes(count) });

  const read = <T>(query: QueryName, input: unknown): Promise<T> => database.read<T>(query, input).catch(asRefusal);

  function touch(state: SessionState): void {
    const now = clock.now();
    if (now - state.lastUsedAt < touchEveryMs) return;
    const query: QueryName = 'sessions.touch';
    // Not waited for: whoever asks is let in by what is stored already.
    database.write(query, { session: state.session, now }).catch((error: unknown) => {
      report('warn', 'the use of a session could not be noted', { error });
    });
  }

  async function authenticate(token: string): Promise<{ actor: Actor } | { error: WireError }> {
    try {
      const state = await read<SessionState | undefined>('sessions.by-token', hashToken(token));
      if (!state) return { error: toWireError('unauthenticated') };
      if (state.revokedAt !== null) return { error: toWireError('session-revoked') };
      if (state.disabledAt !== null) return { error: toWireError('account-disabled') };
      if (state.expiresAt <= clock.now()) return { error: toWireError('session-expired') };
      touch(state);
      return { actor: { user: state.user, session: state.session, expiresAt: state.expiresAt } };
    } catch (error) {
      return { error: wireErrorOf(error, 'authenticate') };
    }
  }

  /**
   * Runs one command. Until its transaction nothing is waited for unless it needs preparing, so that commands of one
   * connection reach the database in the order in which they were sent ([C2]).
   */
  async function execute(
    actor: Actor | null,
    command: string,
    params: unknown,
    connection?: ConnectionHandle,
    origin: Origin = noOrigin,
  ): Promise<Outcome> {
    try {
      const operation = operationNamed(command);
      if (!operation) throw new Refusal('unknown-command', { command: command.slice(0, 64) });
      if (operation.access.who !== 'anyone' && actor === null) throw new Refusal('unauthenticated');
      const name = command as OperationName;
      validate(name, params);
      rates.take(operation.limit, actor?.user, origin.address);
      const { input, secret } = preparable(name)
        ? await prepare(name, params, {
            actor,
            origin,
            instance,
            database,
            passwords,
            rates,
            now: clock.now(),
            randomBytes: (count) => random.bytes(count),
          })
        : { input: undefined };
      const given: OperationInput = { actor, params, prepared: input, now: clock.now(), ids: ids(operation.ids ?? 0) };
      const { result, effects } = await database[operation.kind]<OperationOutput>(name, given);
      if (!isNothing(effects)) publish(effects);
      const completed = completions[name]?.({ presence, connection }, result, params as never) ?? result;
      return { result: secret === undefined ? completed : { ...(completed as object), token: secret } };
    } catch (error) {
      return { error: wireErrorOf(error, command) };
    }
  }

  function ids(count: number): string[] {
    const made: string[] = [];
    for (let index = 0; index < count; index += 1) made.push(newId());
    return made;
  }

  function wireErrorOf(error: unknown, command: string): WireError {
    const refusal = refusalOf(error);
    if (refusal) return refusal.toWire();
    report('error', 'a command failed', { command, error });
    return toWireError('internal');
  }

  return {
    authenticate,
    execute,
    /** @throws `Refusal` when the asker's session no longer counts, or the storage does not answer. */
    async mayListen(actor: Actor, logs: readonly LogId[]): Promise<(Position | undefined)[]> {
      const heads = await read<(Position | null)[]>('logs.audible', { actor, logs, now: clock.now() });
      return heads.map((head) => head ?? undefined);
    },
    async heads(logs: readonly LogId[]): Promise<(Position | undefined)[]> {
      return (await read<(Position | null)[]>('logs.heads', logs)).map((head) => head ?? undefined);
    },
    readLog: (range: LogRange): Promise<StoredEvent[]> => read('logs.read', range),
    /** Whether the first account was made. */
    isSetUp: (): Promise<boolean> => read('instance.is-set-up', null),
    /** Remembers when someone was last here (Unix ms). */
    recordLastSeen(user: UserId, at: number): void {
      database.write('people.seen' satisfies QueryName, { user, at }).catch((error: unknown) => {
        report('warn', 'when someone was last seen could not be stored', { error });
      });
    },
    /** Switches an account off or on; off ends all of its sessions at once. For whoever runs the instance. */
    async setAccountDisabled(user: UserId, disabled: boolean): Promise<void> {
      const input = { user, disabled, now: clock.now() };
      const query: QueryName = 'accounts.set-disabled';
      publish((await database.write<OperationOutput>(query, input).catch(asRefusal)).effects);
    },
  };
}

function preparable(name: CommandName): name is keyof typeof preparations {
  return Object.hasOwn(preparations, name);
}

async function prepare(name: keyof typeof preparations, params: unknown, preparing: Preparing) {
  return (await preparations[name](preparing, params as never)) as Prepared<unknown>;
}

function isNothing({ events, ephemerals, revocations }: Effects): boolean {
  return events.length === 0 && ephemerals.length === 0 && revocations.length === 0;
}

/** What a script or the database says, as a refusal; `undefined` for a bug. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof DatabaseUnavailable) return new Refusal('storage-unavailable', { retryAfterMs: 1_000 });
  if (!(error instanceof Rollback)) return undefined;
  const { code, details } = error.reason as RefusedBecause;
  return new Refusal(code, details);
}

function asRefusal(error: unknown): never {
  throw refusalOf(error) ?? error;
}
