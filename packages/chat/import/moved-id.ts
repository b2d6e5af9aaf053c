import { hash } from 'node:crypto';

/**
 * The id that something gets which comes from elsewhere: a UUID of version 7 with the time at which it was made there,
 * and the same whenever it is brought. `counter`, up to 4095, orders what was made in one millisecond.
 */
export function movedId<Id extends string>(source: string, what: string, at: number, counter = 0): Id {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
  const digest = hash('sha256', `${source}\n${what}`, 'hex');
  const variant = ((Number.parseInt(digest.slice(0, 2), 16) & 0x3f) | 0x80).toString(16);
  const order = (counter & 0xfff).toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}-${variant}${digest.slice(2, 4)}-${digest.slice(4, 16)}` as Id;
}
