import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

/** How many are let through at one moment. */
function taken(take: () => void): number {
  let count = 0;
  try {
    for (; count < 10_000; count += 1) take();
  } catch {
    return count;
  }
  return count;
}

describe('the rate limiter', () => {
  it('lets a burst through, then as many as flow in', () => {
    let now = 0;
    const limiter = new RateLimiter({ post: { perSecond: 2, burst: 5 } }, () => now);
    const take = () => limiter.take('post', 'ada', '');
    expect(taken(take)).toBe(5);
    now += 1_000;
    expect(taken(take)).toBe(2);
    now += 1_000_000;
    expect(taken(take)).toBe(5);
  });

  it('keeps people and classes apart, and addresses for those who are nobody yet', () => {
    const limiter = new RateLimiter({}, () => 0);
    expect(taken(() => limiter.take('post', 'ada', 'a'))).toBe(100);
    expect(taken(() => limiter.take('post', 'ben', 'a'))).toBe(100);
    expect(taken(() => limiter.take('write', 'ada', 'a'))).toBe(60);
    expect(taken(() => limiter.take('sign-in', 'ada', 'a'))).toBe(30);
    expect(taken(() => limiter.take('sign-in', 'ben', 'a'))).toBe(0);
    expect(taken(() => limiter.take('sign-in', undefined, 'b'))).toBe(30);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::2', true],
    ['2001:db8::1', '2001:db8::ffff:1', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::1', '::2', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
  ])('takes %s and %s for the same subscriber: %s', (one, other, same) => {
    const limiter = new RateLimiter({}, () => 0);
    taken(() => limiter.take('sign-in', undefined, one));
    expect(taken(() => limiter.take('sign-in', undefined, other))).toBe(same ? 0 : 30);
  });

  it('slows guessing at one account also from many addresses', () => {
    const limiter = new RateLimiter({}, () => 0);
    let address = 0;
    expect(taken(() => void limiter.takeGuess('ada', `192.0.2.${address++}`))).toBe(100);
    expect(taken(() => void limiter.takeGuess('ben', '192.0.2.1'))).toBe(10);
  });

  it('takes no guess from someone else for a handle that looks like one and an address', () => {
    const limiter = new RateLimiter({}, () => 0);
    limiter.takeGuess('ada', '192.0.2.1').wasRight();
    for (const handle of ['ada 192.0.2.1', '192.0.2.1 ada']) {
      expect(taken(() => void limiter.takeGuess(handle, '198.51.100.7'))).toBe(10);
    }
    expect(taken(() => void limiter.takeGuess('ada', '192.0.2.1'))).toBe(10);
  });

  it('forgets those not seen for longest when there are too many', () => {
    const limiter = new RateLimiter({ post: { perSecond: 1, burst: 1 } }, () => 0);
    for (let index = 0; index < 100_001; index += 1) limiter.take('post', `user ${index}`, '');
    expect(taken(() => limiter.take('post', 'user 100000', ''))).toBe(0);
    expect(taken(() => limiter.take('post', 'user 0', ''))).toBe(1);
  });
});
