import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HubMessage } from './hub/message.ts';
import { Arrivals, ReplayBuffer } from './replay-buffer.ts';

const bytes = (text: string) => Buffer.from(text);
const texts = (buffer: ReplayBuffer) => buffer.resume().messages.map(String);

describe('what was sent and not acknowledged', () => {
  test('is sent again on a resumed connection, after the number of the first', () => {
    const buffer = new ReplayBuffer(100);
    for (const text of ['a', 'b', 'c']) buffer.sent(bytes(text));
    buffer.acked(1);
    expect(buffer.resume()).toEqual({ sequenceId: 2, messages: [bytes('b'), bytes('c')] });
    expect(buffer.bytes).toBe(2);
  });

  test('is nothing at first, and when all has arrived', () => {
    const buffer = new ReplayBuffer(100);
    expect(buffer.resume()).toEqual({ sequenceId: 1, messages: [] });
    buffer.sent(bytes('a'));
    buffer.acked(1);
    expect(buffer.resume()).toEqual({ sequenceId: 2, messages: [] });
    expect(buffer.isWhole).toBe(true);
  });

  test('does not come back by an older acknowledgement, nor go by one of what was never sent', () => {
    const buffer = new ReplayBuffer(100);
    buffer.sent(bytes('a'));
    buffer.acked(50);
    buffer.sent(bytes('b'));
    buffer.acked(0);
    expect(buffer.resume()).toEqual({ sequenceId: 2, messages: [bytes('b')] });
  });

  test('is bounded: with the oldest gone it is not whole, until the client says that it has them', () => {
    const buffer = new ReplayBuffer(3);
    for (const text of ['aa', 'bb', 'c']) buffer.sent(bytes(text));
    expect([buffer.bytes, buffer.isWhole, texts(buffer)]).toEqual([3, false, ['bb', 'c']]);
    buffer.acked(1);
    expect(buffer.isWhole).toBe(true);
    buffer.sent(bytes('larger than the bound'));
    expect([buffer.bytes, buffer.isWhole]).toEqual([0, false]);
    buffer.acked(4);
    expect(buffer.isWhole).toBe(true);
  });
});

describe('what arrives', () => {
  const call: HubMessage = { type: 1, target: 'a', arguments: [] };

  test('is numbered if it counts', () => {
    const arrivals = new Arrivals();
    for (const message of [call, { type: 6 }, call, { type: 8, sequenceId: 1 }] as HubMessage[]) {
      expect(arrivals.takes(message)).toBe(true);
    }
    expect(arrivals.seen).toBe(2);
  });

  test('after a resumption is heeded from where the client begins, and repetitions are not', () => {
    const arrivals = new Arrivals();
    for (let count = 0; count < 3; count += 1) arrivals.takes(call);
    arrivals.resumed();
    expect(arrivals.takes(call)).toBe(false);
    expect(arrivals.takes({ type: 6 })).toBe(false);
    expect(arrivals.takes({ type: 9, sequenceId: 2 })).toBe(true);
    expect(arrivals.beginsAt(2)).toBe(true);
    expect([arrivals.takes(call), arrivals.takes(call), arrivals.takes(call)]).toEqual([false, false, true]);
    expect(arrivals.seen).toBe(4);
  });

  test.each([0, 5])('cannot begin at %i when the next is 4', (sequenceId) => {
    const arrivals = new Arrivals();
    for (let count = 0; count < 3; count += 1) arrivals.takes(call);
    expect(arrivals.beginsAt(sequenceId)).toBe(false);
    expect(arrivals.beginsAt(4)).toBe(true);
  });
});

test('over any number of cuts everything arrives once and in order', () => {
  type Step = { sent: number; got: number; acked: boolean };
  const step = fc.record({ sent: fc.nat(5), got: fc.nat(10), acked: fc.boolean() });
  void fc.assert(
    fc.property(fc.array(step), (steps: Step[]) => {
      const buffer = new ReplayBuffer(1_000_000);
      const arrivals = new Arrivals();
      const seen: string[] = [];
      let wire: string[] = [];
      let count = 0;
      const deliver = (most: number) => {
        for (const text of wire.splice(0, most)) {
          if (arrivals.takes({ type: 1, target: text, arguments: [] })) seen.push(text);
        }
      };
      for (const { sent, got, acked } of steps) {
        for (let index = 0; index < sent; index += 1) {
          count += 1;
          buffer.sent(bytes(`${count}`));
          wire.push(`${count}`);
        }
        deliver(got);
        if (acked) buffer.acked(arrivals.seen);
        // Cut: what was on the wire is gone.
        const { sequenceId, messages } = buffer.resume();
        arrivals.resumed();
        expect(arrivals.beginsAt(sequenceId)).toBe(true);
        wire = messages.map(String);
      }
      deliver(Number.POSITIVE_INFINITY);
      expect(seen).toEqual(Array.from({ length: count }, (_, index) => `${index + 1}`));
    }),
  );
});
