import { limits, Refusal } from '@confab/protocol';
import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash, at the same cost, of thirty-two random bytes that nobody kept: what a password is held against when there is no account. */
const decoy = '$argon2id$v=19$m=19456,t=2,p=1$jR/eTsEot3lHd6G+l+5Q2g$csC9c6Y9oWPg7E3DQajGtTYHl88bTE+jmxWlg59sMSI';

/** Hashings at the same moment, which bounds memory and leaves cores for others; and those that may wait. */
const bounds = { atOnce: 2, waiting: 256 };

/** The most common passwords that are long enough to be taken otherwise. */
const common = new Set([
  '1234567890',
  '0123456789',
  '0987654321',
  '1111111111',
  '0000000000',
  '12345678910',
  '123456789a',
  'a123456789',
  'password12',
  'password123',
  'password1234',
  'passw0rd123',
  'qwertyuiop',
  'qwerty12345',
  'qwerty123456',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'q1w2e3r4t5',
  'zaq12wsxcde3',
  'asdfghjkl1',
  'letmein1234',
  'iloveyou12',
  'iloveyou123',
  'welcome123',
  'welcome1234',
  'administrator',
  'admin123456',
  'changeme123',
  'abcdefghij',
  'abc1234567',
  'football123',
  'princess123',
  'sunshine123',
  'dragon12345',
  'monkey12345',
  'superman123',
  'michael123',
  'trustno1234',
  'correcthorsebatterystaple',
]);

/** @throws `Refusal('password-too-weak')` */
export function checkPassword(password: string, handle: string): void {
  const folded = password.toLowerCase();
  const repeated = new Set(password).size <= 2;
  if (
    password.length < limits.passwordChars.min ||
    common.has(folded) ||
    (folded.includes(handle) && folded.length < handle.length + 4) ||
    repeated
  ) {
    throw new Refusal('password-too-weak', { limit: limits.passwordChars.min });
  }
}

/** Slow hashing on the thread pool, a few at a time. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password, cost));
  }

  /** Takes the same time when there is no such account: `stored` is then `undefined` and the answer `false`. */
  async matches(password: string, stored: string | undefined): Promise<boolean> {
    const equal = await this.#inTurn(() => verify(stored ?? decoy, password));
    return equal && stored !== undefined;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < bounds.atOnce) this.#running += 1;
    else {
      if (this.#waiting.length >= bounds.waiting) throw new Refusal('overloaded', { retryAfterMs: 2_000 });
      // Whoever finishes hands its place over, so that nobody who comes in between takes it.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
