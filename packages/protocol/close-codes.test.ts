import { expect, test } from 'vitest';
import { type CloseReason, closeCodes, closeReasonOf } from './close-codes.ts';
import { closeSentences } from './close-sentences.ts';

const reasons = Object.keys(closeCodes) as CloseReason[];

test('[H7] every close code stands for one reason', () => {
  const numbers = reasons.map((reason) => closeCodes[reason].code);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const reason of reasons) expect(closeReasonOf(closeCodes[reason].code)).toBe(reason);
});

test('[H7] our own codes are in the range that RFC 6455 leaves to applications', () => {
  const own = reasons.filter((reason) => reason !== 'normal' && reason !== 'frame-too-large');
  for (const reason of own) {
    expect(closeCodes[reason].code).toBeGreaterThanOrEqual(4000);
    expect(closeCodes[reason].code).toBeLessThan(5000);
  }
});

test('a reason and its sentence fit into a close frame of 123 bytes', () => {
  for (const reason of reasons) {
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
    expect(Buffer.byteLength(closeSentences[reason])).toBeLessThanOrEqual(123);
  }
});

test('a code that is not ours has no reason', () => {
  expect(closeReasonOf(1006)).toBeUndefined();
});
