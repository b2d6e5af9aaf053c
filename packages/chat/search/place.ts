import type { MessageId } from '@confab/protocol';

/** Of the 63 bits of a place: 42 for milliseconds, which last until the year 2109, then the counter of the id, then chance. */
const afterMs = 21n;

/** A message's place among all: the first bits of its id, which order it by time, as a number. */
export function placeOf(id: MessageId): bigint {
  const [high = '0', low = '0', counter = '0', chance = '0'] = id.split('-');
  const ms = BigInt(`0x${high}${low}`);
  return (ms << afterMs) | ((BigInt(`0x${counter}`) & 0xfffn) << 9n) | (BigInt(`0x${chance}`) & 0x1ffn);
}

/** The first place of a moment (Unix milliseconds). */
export const placeAt = (ms: number): bigint => BigInt(Math.max(0, Math.floor(ms))) << afterMs;
