import { commands } from '@confab/protocol';
import { seededRandom } from '../seeded-random.ts';

type Json = unknown;

/** Sessions end with it, and with them what gets deep; passwords are slow by intention. */
const leftOut: ReadonlySet<string> = new Set([
  'account.sign-out',
  'account.sign-in',
  'account.sign-up',
  'account.set-up',
]);
export const commandNames = Object.keys(commands).filter((name) => !leftOut.has(name));

/** What is strange in one way or another. */
const oddities: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  0.1,
  '',
  ' ',
  '__proto__',
  'constructor',
  '\u0000\ud800\u2028',
  'room:',
  'x'.repeat(70),
  'ä'.repeat(5_000),
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  { constructor: { prototype: 1 } },
  Array(300).fill(0),
  Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, index])),
];

/** Everything random about one conversation: made from a number, so that it can be had again. */
export class Fuzz {
  readonly #next: () => number;

  /** How much seldomer than others this conversation breaks what would end it: some get far, some do not. */
  readonly #calm: number;

  constructor(seed: number) {
    this.#next = seededRandom(seed);
    this.#calm = this.pick([1, 10, 100]);
  }

  below(bound: number): number {
    return Math.floor(this.#next() * bound);
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  /** The same for what ends a connection. */
  seldom(times: number): boolean {
    return this.oneIn(times * this.#calm);
  }

  /** The value with a few of its parts replaced, left out, doubled or put in; often as it was. */
  shaken(value: Json): Json {
    let shaken = value;
    for (let changes = this.below(3); changes > 0; changes -= 1) shaken = this.#changed(shaken, 6);
    return shaken;
  }

  #changed(value: Json, depth: number): Json {
    if (typeof value !== 'object' || value === null || depth === 0 || this.oneIn(8)) return this.#instead();
    const copy = Array.isArray(value) ? { ...value } : { ...(value as object) };
    const fields = copy as Record<string, Json>;
    const keys = Object.keys(fields);
    const key = this.pick(keys) ?? 'x';
    const how = this.below(8);
    if (how === 0) delete fields[key];
    else if (how === 1) fields[this.pick(['x', 'room', '__proto__', 'token', 'after'])] = this.#instead();
    else fields[key] = this.#changed(fields[key], depth - 1);
    return Array.isArray(value) ? Object.values(fields) : fields;
  }

  #instead(): Json {
    return this.oneIn(4) ? this.pick(commandNames) : this.pick(oddities);
  }

  /** The bytes with some of them written over, cut out or put in. */
  broken(bytes: Buffer): Buffer {
    let copy = Buffer.from(bytes);
    for (let changes = 1 + this.below(4); changes > 0; changes -= 1) {
      const at = this.below(copy.length + 1);
      const how = this.below(4);
      if (how === 0) copy = Buffer.concat([copy.subarray(0, at), this.noise(), copy.subarray(at)]);
      else if (how === 1) copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + this.below(9))]);
      else if (at < copy.length) copy[at] = how === 2 ? this.below(256) : (copy[at] ?? 0) ^ (1 << this.below(8));
    }
    return copy;
  }

  noise(): Buffer {
    return Buffer.from(Array.from({ length: 1 + this.below(40) }, () => this.below(256)));
  }

  /** Mostly as given, so that it gets far. */
  sometimesBroken(bytes: Buffer, times: number): Buffer {
    return this.seldom(times) ? this.broken(bytes) : bytes;
  }
}
