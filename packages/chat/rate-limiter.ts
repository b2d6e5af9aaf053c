import { Refusal } from '@confab/protocol';
import { type LimitClass, type Rate, type RateLimits, rateClasses } from './rate-classes.ts';

type Flow = Pick<Rate, 'perSecond' | 'burst'>;

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Buckets kept; beyond, the one touched longest ago is forgotten, which at worst forgives someone early. */
const maxBuckets = 100_000;

/** Wrong passwords for one account: from one address, and from everywhere together. */
const guesses = {
  fromAddress: { perSecond: 0.1, burst: 10 },
  fromAnywhere: { perSecond: 1, burst: 100 },
} as const satisfies Record<string, Flow>;

/** Token buckets per class and person or address. Full again, a bucket is as good as none. */
export class RateLimiter {
  readonly #rates: Readonly<Record<LimitClass, Rate>>;
  readonly #monotonic: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(changes: RateLimits, monotonic: () => number) {
    const rows = Object.entries(rateClasses).map(([name, rate]) => [name, { ...rate, ...changes[name as LimitClass] }]);
    this.#rates = Object.fromEntries(rows) as Record<LimitClass, Rate>;
    this.#monotonic = monotonic;
  }

  /** @throws `Refusal('too-many-requests')` with the time after which one more is allowed. */
  take(limit: LimitClass, user: string | undefined, address: string): void {
    const rate = this.#rates[limit];
    const whose = rate.per === 'user' && user !== undefined ? user : networkOf(address);
    this.#takeFrom(`${limit} ${whose}`, rate);
  }

  /**
   * Slows guessing at one account down. Taken before the password is looked at, so that many guesses at once do not
   * slip through together; a right one is given back.
   * @throws `Refusal('too-many-requests')`
   */
  takeGuess(handle: string, address: string): { wasRight(): void } {
    // What the asker types stands last, so that no handle can be made to name someone else's bucket.
    const keys = [`guess ${networkOf(address)} ${handle}`, `guess-anywhere ${handle}`] as const;
    this.#takeFrom(keys[0], guesses.fromAddress);
    this.#takeFrom(keys[1], guesses.fromAnywhere);
    return {
      wasRight: () => {
        for (const key of keys) {
          const bucket = this.#buckets.get(key);
          if (bucket) bucket.tokens += 1;
        }
      },
    };
  }

  #takeFrom(key: string, { perSecond, burst }: Flow): void {
    const now = this.#monotonic();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, atMs: now };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.atMs) / 1000) * perSecond);
    bucket.atMs = now;
    // Deleted and set again, so that the map's order is that of use.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > maxBuckets) this.#forgetOldest();
    if (bucket.tokens < 1) {
      throw new Refusal('too-many-requests', { retryAfterMs: Math.ceil(((1 - bucket.tokens) / perSecond) * 1000) });
    }
    bucket.tokens -= 1;
  }

  #forgetOldest(): void {
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}

/** Whose an address is: one subscriber has a whole /64 of IPv6, so its lower half tells nothing. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? 0 : tail.split(':').length;
    while (groups.length + after < 8) groups.push('0');
    groups.push(...tail.split(':'));
  }
  return groups.slice(0, 4).join(':');
}
