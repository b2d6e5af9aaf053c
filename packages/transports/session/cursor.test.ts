import type { LogId } from '@confab/protocol';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

const log = fc
  .tuple(fc.constantFrom('room', 'space', 'inbox'), fc.uuid())
  .map(([kind, id]) => `${kind}:${id}` as LogId);
const position = fc.record({ epoch: fc.maxSafeNat(), seq: fc.maxSafeNat() });

describe('a cursor', () => {
  test('gives back every position that it was made of', () => {
    void fc.assert(
      fc.property(fc.array(fc.tuple(log, position)), (entries) => {
        const positions = new Map(entries);
        expect(decodeCursor(encodeCursor(positions))).toEqual(positions);
      }),
    );
  });

  test('is a word that needs no escaping in a URL or header', () => {
    const cursor = encodeCursor(new Map([['room:01890000-0000-7000-8000-000000000001', { epoch: 1, seq: 300 }]]));
    expect(cursor).toMatch(/^[A-Za-z0-9_-]{28}$/);
  });

  test('that is not one is told apart, whatever it is', () => {
    void fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' })), (text) => {
        const positions = decodeCursor(text);
        if (positions) expect([...positions.keys()].every((each) => /^(room|space|inbox):/.test(each))).toBe(true);
      }),
    );
    expect(decodeCursor('')).toBeUndefined();
    expect(decodeCursor('not a cursor')).toBeUndefined();
  });

  test('that was cut short is not taken', () => {
    const cursor = encodeCursor(new Map([['room:01890000-0000-7000-8000-000000000001', { epoch: 1, seq: 300 }]]));
    expect(decodeCursor(cursor.slice(0, -2))).toBeUndefined();
  });
});
