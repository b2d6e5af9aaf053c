import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bounds, records } from '../testing/bounds.ts';
import type { HubEncoding } from './encoding.ts';
import { jsonEncoding } from './json-encoding.ts';
import { type HubMessage, NotInForm } from './message.ts';
import { messagePackEncoding } from './messagepack-encoding.ts';
import { prefixed } from './prefixed.ts';

const runs = { numRuns: 5_000 };
/** The codec's library refuses to read the key `__proto__` (below), and so do the stock clients. */
const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('"__proto__":'));
const id = fc.string({ minLength: 1, maxLength: 8 });

const message: fc.Arbitrary<HubMessage> = fc.oneof(
  fc.record({ type: fc.constant(1 as const), target: fc.string(), arguments: fc.array(json, { maxLength: 3 }) }),
  fc.record({ type: fc.constant(4 as const), invocationId: id, target: fc.string(), arguments: fc.array(json) }),
  fc.record({ type: fc.constant(3 as const), invocationId: id, error: fc.string() }),
  fc.record({ type: fc.constant(5 as const), invocationId: id }),
  fc.record({ type: fc.constantFrom(8 as const, 9 as const), sequenceId: fc.maxSafeNat() }),
);

/** A few bytes of a correct message are others. */
function mutated(encoding: HubEncoding): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
  return fc.tuple(message, fc.array(change, { maxLength: 4 }), fc.nat(3)).map(([sent, changes, cut]) => {
    const bytes = encoding.encode(sent);
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return bytes.subarray(0, bytes.length - cut);
  });
}

/** Whatever it is, it is taken or refused, and nothing else. */
function settles(encoding: HubEncoding, bytes: Uint8Array): void {
  try {
    expect(Array.isArray(encoding.decode(bytes, bounds))).toBe(true);
  } catch (error) {
    expect(error).toBeInstanceOf(NotInForm);
  }
}

describe.each([jsonEncoding, messagePackEncoding])('what the $name encoding is given', (encoding) => {
  test('at random is taken or refused', () => {
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        settles(encoding, bytes);
        settles(encoding, prefixed(bytes));
        settles(encoding, records(Buffer.from(bytes).toString('latin1')));
      }),
      runs,
    );
  });

  test('with faults in it is taken or refused', () => {
    void fc.assert(
      fc.property(mutated(encoding), (bytes) => settles(encoding, bytes)),
      runs,
    );
  });

  test('as any JSON is taken or refused', () => {
    void fc.assert(
      fc.property(json, (value) =>
        settles(encoding, encoding.binary ? prefixed(encoding.value(value)) : records(value as object)),
      ),
      runs,
    );
  });

  test('that it encoded itself comes back, whatever its texts and values are', () => {
    const wide = { ...bounds, messageBytes: 1_000_000 };
    void fc.assert(
      fc.property(message, (sent) => {
        const [got] = encoding.decode(encoding.encode(sent), wide);
        expect(got).toMatchObject(JSON.parse(JSON.stringify(sent)));
      }),
      { numRuns: 500 },
    );
  });
});

test('a MessagePack map with the key __proto__ is refused', () => {
  const argument = JSON.parse('{"__proto__":[]}') as unknown;
  const sent = messagePackEncoding.encode({ type: 1, target: '', arguments: [argument] });
  expect(() => messagePackEncoding.decode(sent, bounds)).toThrow(NotInForm);
});
