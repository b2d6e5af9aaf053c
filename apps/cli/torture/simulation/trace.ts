import { createHash } from 'node:crypto';
import type { SimulatedTime } from './simulated-time.ts';

/** Everything that happens between the parts of a simulation, as one hash: equal runs have equal ones. */
export class Trace {
  readonly #time: SimulatedTime;
  readonly #hash = createHash('sha256');
  /** The lines themselves, when a run is looked into. */
  readonly lines: string[] | null;

  constructor(time: SimulatedTime, keeps: boolean) {
    this.#time = time;
    this.lines = keeps ? [] : null;
  }

  note(what: string): void {
    const line = `${this.#time.monotonicMs.toFixed(3)} ${what}\n`;
    this.#hash.update(line);
    this.lines?.push(line);
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
