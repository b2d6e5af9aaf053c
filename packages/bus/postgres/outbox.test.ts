import type { BusMessage } from '@confab/engine';
import { testEvent, testHead } from '@confab/engine/testing/shared-bus-contract';
import { expect, it } from 'vitest';
import { type BusLimits, busLimits } from '../limits.ts';
import { readPayload } from '../payload/payload.ts';
import { Outbox } from './outbox.ts';

const sign: BusMessage = { kind: 'node', node: 'n', state: 'beat', told: 1 };
const ephemeral = (key: string, json = '{}'): BusMessage => ({
  kind: 'ephemeral',
  ephemeral: { topic: 't', key, json },
});

function taken(limits: Partial<BusLimits>, ...messages: readonly BusMessage[]) {
  const outbox = new Outbox('node', { ...busLimits, ...limits });
  for (const message of messages) outbox.add(message);
  const { payloads, dropped } = outbox.take();
  return {
    payloads,
    dropped,
    isEmpty: outbox.isEmpty,
    messages: payloads.flatMap((each) => readPayload(each, 10_000)?.messages ?? []),
  };
}

it('of a log only the newest head is told, of a key only the last value', () => {
  const { messages, isEmpty } = taken(
    {},
    testEvent(2),
    testEvent(1),
    ephemeral('a', '1'),
    ephemeral('b'),
    ephemeral('a', '2'),
  );
  expect(messages).toEqual([testHead(2), ephemeral('b'), ephemeral('a', '2')]);
  expect(isEmpty).toBe(true);
});

it('a log that was rewritten counts as newer, whatever its seq', () => {
  const rewritten: BusMessage = { kind: 'head', log: 'room:1', head: { epoch: 2, seq: 1, count: 1 } };
  const old: BusMessage = { kind: 'head', log: 'room:1', head: { epoch: 1, seq: 9, count: 9 } };
  expect(taken({}, old, rewritten, old).messages).toEqual([rewritten]);
});

it('what counts most comes first', () => {
  expect(taken({}, ephemeral('a'), testEvent(1), sign).messages).toEqual([sign, testHead(1), ephemeral('a')]);
});

it('no payload is larger than a notification, whatever the language', () => {
  const many = Array.from({ length: 200 }, (_, key) => ephemeral(`${key}`, JSON.stringify('語'.repeat(40))));
  const { payloads, messages, dropped } = taken({}, ...many);
  expect(messages).toEqual(many);
  expect(dropped).toBe(0);
  expect(payloads.length).toBeGreaterThan(1);
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(busLimits.notificationBytes);
});

it('what is too large for any notification is left out, and so is what is too much for one time', () => {
  expect(taken({}, ephemeral('large', 'x'.repeat(8_000)), sign)).toMatchObject({ messages: [sign], dropped: 1 });
  const many = Array.from({ length: 100 }, (_, key) => ephemeral(`${key}`, 'x'.repeat(1_000)));
  const { payloads, messages, dropped } = taken({ notificationsAtOnce: 2 }, ...many);
  expect(payloads).toHaveLength(2);
  expect(messages.length + dropped).toBe(100);
});

it('what waits is bounded', () => {
  const limits = { waitingSigns: 2, waitingHeads: 3, waitingEphemerals: 4 };
  const messages = Array.from({ length: 10 }, (_, n) => [
    sign,
    testEvent(1, { number: n + 1 }),
    ephemeral(`${n}`),
  ]).flat();
  const kinds = taken(limits, ...messages).messages.map(({ kind }) => kind);
  expect(kinds).toEqual(['node', 'node', 'head', 'head', 'head', ...Array(4).fill('ephemeral')]);
});
