import { Refusal } from '@confab/protocol';
import { type LimitClass, type Rate, type RateLimits, rateClasses } from './rate-classes.ts';

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Buckets kept; beyond, the one touched longest ago is forgotten, which at worst forgives someone early. */
const maxBuckets = 100_000;

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
    const whose = rate.per === 'user' && user !== undefined ? user : address;
    this.#takeFrom(`${limit} ${whose}`, rate);
  }

  /** Guessing at one account is slowed down wherever it comes from. */
  takeGuess(handle: string): void {
    this.#takeFrom(`guess ${handle}`, { ...this.#rates['sign-in'], perSecond: this.#rates['sign-in'].perSecond / 10 });
  }

  #takeFrom(key: string, { perSecond, burst }: Pick<Rate, 'perSecond' | 'burst'>): void {
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
