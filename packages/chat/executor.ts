import { type MailState, Refusal, type WireError } from '@confab/protocol';
import type { Database } from '@confab/storage';
import { Passwords } from './accounts/passwords.ts';
import type { Actor, Origin } from './actor.ts';
import { type ConnectionHandle, completions, type PresenceSource } from './completions.ts';
import type { Effects } from './effects.ts';
import type { FileSource } from './files/index.ts';
import type { OperationName } from './operation.ts';
import { operationNamed } from './operations.ts';
import { preparationOf } from './preparations.ts';
import type { InstanceFacts } from './prepared.ts';
import type { RateLimits } from './rate-classes.ts';
import { RateLimiter } from './rate-limiter.ts';
import { type Report, wireErrorOf } from './refusal-of.ts';
import type { OperationInput, OperationOutput } from './scripts.ts';
import { validate } from './validate.ts';
import { WriteKeys } from './write-keys.ts';

export interface ExecutorParts {
  readonly database: Database;
  readonly publish: (effects: Effects) => void;
  readonly presence: PresenceSource;
  readonly clock: { now(): number; monotonic(): number };
  readonly random: { bytes(count: number): Uint8Array };
  readonly instance: InstanceFacts;
  readonly mail: MailState;
  readonly files: FileSource;
  readonly report: Report;
  readonly rates: RateLimits;
  readonly newId: () => string;
  /** Hears when something was scheduled, and for when (Unix ms). */
  readonly onScheduled: (dueAt: number) => void;
}

export type Outcome = { readonly result: unknown } | { readonly error: WireError };

/** What came with a command besides its parameters. */
export interface Asking {
  readonly actor: Actor | null;
  readonly connection: ConnectionHandle | undefined;
  readonly origin: Origin;
}

/** The one way that every command takes, through whichever door it came ([C4]). */
export class Executor {
  readonly #parts: ExecutorParts;
  readonly #passwords = new Passwords();
  readonly #rates: RateLimiter;
  readonly #keys: WriteKeys;

  constructor(parts: ExecutorParts) {
    const { clock } = parts;
    this.#parts = parts;
    this.#keys = new WriteKeys(parts.database);
    this.#rates = new RateLimiter(parts.rates, () => clock.monotonic());
  }

  async execute(command: string, params: unknown, asking: Asking): Promise<Outcome> {
    try {
      return { result: await this.#run(command, params, asking) };
    } catch (error) {
      return { error: wireErrorOf(error, command, this.#parts.report) };
    }
  }

  /**
   * Nothing is waited for before the database has the command, unless preparing it takes time or its key has to be looked
   * up: so commands of one connection take effect in the order in which they were sent ([C2]). Nor is anything between
   * the database's answer and publishing, which keeps the order of commits.
   */
  async #run(command: string, params: unknown, asking: Asking): Promise<unknown> {
    const operation = operationNamed(command);
    if (!operation) throw new Refusal('unknown-command', { command: command.slice(0, 64) });
    const { actor, origin, connection } = asking;
    if (operation.access.who !== 'anyone' && actor === null) throw new Refusal('unauthenticated');
    const { name } = operation;
    validate(name, params);
    this.#rates.take(operation.limit, actor?.user, origin.address);
    const preparation = preparationOf(name);
    const preparing = preparation?.(this.#preparing(asking), params as never);
    const prepared = preparing instanceof Promise ? await preparing : preparing;
    const isRead = operation.kind === 'read';
    const keyed = isRead ? undefined : this.#keys.of(params, actor);
    const key = keyed instanceof Promise ? await keyed : keyed;
    const input: OperationInput = {
      actor,
      params,
      prepared: prepared?.input,
      now: this.#parts.clock.now(),
      ids: this.#ids(operation.ids ?? 0),
    };
    const { database } = this.#parts;
    const { result, effects, wakeAt } = await (isRead
      ? database.read<OperationOutput>(name, input)
      : database.write<OperationOutput>(name, input, key));
    if (!isNothing(effects)) this.#parts.publish(effects);
    if (wakeAt !== undefined) this.#parts.onScheduled(wakeAt);
    const completion = completions[name as OperationName];
    const completed = completion?.({ presence: this.#parts.presence, connection }, result, params as never) ?? result;
    return prepared?.secret === undefined ? completed : { ...(completed as object), token: prepared.secret };
  }

  #preparing({ actor, origin, connection }: Asking) {
    const { instance, mail, files, database, clock, random, presence } = this.#parts;
    return {
      actor,
      origin,
      overConnection: connection !== undefined,
      instance,
      mail,
      files,
      database,
      passwords: this.#passwords,
      rates: this.#rates,
      presence,
      now: clock.now(),
      randomBytes: (count: number) => random.bytes(count),
    };
  }

  #ids(count: number): string[] {
    const made: string[] = [];
    for (let index = 0; index < count; index += 1) made.push(this.#parts.newId());
    return made;
  }
}

function isNothing({ events, ephemerals, revocations }: Effects): boolean {
  return events.length === 0 && ephemerals.length === 0 && revocations.length === 0;
}
