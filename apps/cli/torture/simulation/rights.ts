import type { Actor } from '@confab/engine';
import type { LogId, SessionId } from '@confab/protocol';
import type { Database } from '@confab/storage';
import type { SimulatedTime } from './simulated-time.ts';

type MayListen = (actor: Actor, logs: readonly LogId[]) => Promise<readonly unknown[]>;

/** What may take a right away or give it back. */
const scripts = /^(session|space|invite|accounts?)\.|^room\.(create|join|leave|invite|remove-member)$/;

/** Since when each session may not hear a log: asked of the database itself whenever something was stored. */
export class Rights {
  readonly #time: SimulatedTime;
  readonly #mayListen: MayListen;
  readonly #watched = new Map<SessionId, { actor: Actor; logs: readonly LogId[] }>();
  readonly #lostAtMs = new Map<string, number>();

  constructor(time: SimulatedTime, mayListen: MayListen) {
    this.#time = time;
    this.#mayListen = mayListen;
  }

  watch(actor: Actor, logs: readonly LogId[]): Promise<void> {
    this.#watched.set(actor.session, { actor, logs });
    return this.#look(actor, logs);
  }

  /** When the right to a log was stored as lost; `undefined` while it stands. */
  lostAt(actor: Actor, log: LogId): number | undefined {
    return this.#lostAtMs.get(`${actor.session} ${log}`);
  }

  /** The database, with a look at everybody's rights as part of what may change them. */
  watching(database: Database): Database {
    return {
      read: (script, input) => database.read(script, input),
      write: async <T>(script: string, input: unknown, key?: string) => {
        const value = await database.write<T>(script, input, key);
        if (scripts.test(script)) for (const { actor, logs } of this.#watched.values()) await this.#look(actor, logs);
        return value;
      },
      close: () => database.close(),
    };
  }

  async #look(actor: Actor, logs: readonly LogId[]): Promise<void> {
    const allowed = await this.#mayListen(actor, logs);
    logs.forEach((log, index) => {
      const key = `${actor.session} ${log}`;
      if (allowed[index] !== undefined) this.#lostAtMs.delete(key);
      else if (!this.#lostAtMs.has(key)) this.#lostAtMs.set(key, this.#time.monotonicMs);
    });
  }
}
