import { type Database, DatabaseUnavailable } from '@confab/storage';
import type { Dice } from './dice.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** How the database behaves now; the run changes it. */
export interface DatabaseWeather {
  /** Until then nothing is taken in; simulated milliseconds. */
  refusedUntilMs: number;
  /** Share of the commits after which the answer is lost. */
  unknownOutcomes: number;
  /** Milliseconds that a question or a commit takes at most. */
  slowestMs: number;
}

export interface DatabaseUser {
  readonly name: string;
  readonly alive: boolean;
}

/** One node's way to the database that all share: it takes its time, fails, and ends with the node. */
export class FaultyDatabase implements Database {
  readonly #shared: Database;
  readonly #user: DatabaseUser;
  readonly #weather: DatabaseWeather;
  readonly #time: SimulatedTime;
  readonly #dice: Dice;
  /** The last script of each key: those of one key take effect in the order in which they came. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(shared: Database, user: DatabaseUser, weather: DatabaseWeather, time: SimulatedTime, dice: Dice) {
    this.#shared = shared;
    this.#user = user;
    this.#weather = weather;
    this.#time = time;
    this.#dice = dice;
  }

  write<T>(script: string, input: unknown, key = ''): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const written = before.then(() => this.#write<T>(script, input));
    this.#last.set(
      key,
      written.catch(() => undefined),
    );
    return written;
  }

  async read<T>(script: string, input: unknown): Promise<T> {
    await this.#pause();
    this.#refuse();
    const value = await this.#shared.read<T>(script, input);
    await this.#pause();
    return value;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #write<T>(script: string, input: unknown): Promise<T> {
    await this.#pause();
    this.#refuse();
    const value = await this.#shared.write<T>(script, input);
    const isLost = this.#dice.chance(this.#weather.unknownOutcomes);
    await this.#pause();
    if (isLost) throw new DatabaseUnavailable('the connection was lost during the commit');
    return value;
  }

  #refuse(): void {
    if (this.#time.monotonicMs < this.#weather.refusedUntilMs)
      throw new DatabaseUnavailable('the database takes nothing in');
  }

  /** What a node that has ended waits for never comes. */
  #pause(): Promise<void> {
    const delayMs = this.#dice.between(0.1, this.#weather.slowestMs);
    return new Promise((resolve) => {
      this.#time.after(delayMs, () => {
        if (this.#user.alive) resolve();
      });
    });
  }
}
