import type { MessageId } from '@confab/protocol';

/**
 * Of the 53 bits of a place: 42 for milliseconds, which last until the year 2109, then the counter of the id. A driver
 * that hands numbers over as JavaScript's cannot tell larger ones.
 */
const afterMs = 11n;

/** A message's place among all: the first bits of its id, which order it by time, as a number. */
export function placeOf(id: MessageId): bigint {
  const [high = '0', low = '0', counter = '0'] = id.split('-');
  return (BigInt(`0x${high}${low}`) << afterMs) | (BigInt(`0x${counter}`) & 0x7ffn);
}

/** The first place of a moment (Unix milliseconds). */
export const placeAt = (ms: number): bigint => BigInt(Math.max(0, Math.floor(ms))) << afterMs;
