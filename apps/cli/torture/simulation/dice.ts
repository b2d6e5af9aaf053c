import { seededRandom } from '../seeded-random.ts';

/** All chance of a simulation, from its seed. Each part has dice of its own, so that one does not move another's. */
export class Dice {
  readonly fraction: () => number;
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
    this.fraction = seededRandom(seed);
  }

  /** Dice for a part, the same for the same name. */
  for(part: string): Dice {
    let mixed = this.#seed ^ 0x9e3779b9;
    for (const character of part) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193);
    return new Dice(mixed >>> 0);
  }

  chance(share: number): boolean {
    return this.fraction() < share;
  }

  /** From `least` up to but not including `most`. */
  between(least: number, most: number): number {
    return least + this.fraction() * (most - least);
  }

  below(bound: number): number {
    return Math.floor(this.fraction() * bound);
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  readonly bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => this.below(256));
}
