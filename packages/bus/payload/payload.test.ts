import type { BusMessage } from '@confab/engine';
import { testEvent, testHead } from '@confab/engine/testing/shared-bus-contract';
import { describe, expect, it } from 'vitest';
import { encodeMessage } from './encode-message.ts';
import { emptyPayload, isFrom, PayloadWriter, readPayload } from './payload.ts';

const good: readonly BusMessage[] = [
  testEvent(1),
  testHead(1),
  { kind: 'ephemeral', ephemeral: { topic: 't', key: 'k', json: '{}', except: ['u' as never] } },
  { kind: 'revocation', revocation: { kind: 'session', session: 's' as never } },
  { kind: 'revocation', revocation: { id: '1', kind: 'user', user: 'u' as never, sessions: ['s' as never] } },
  { kind: 'revocation', revocation: { kind: 'log', user: 'u' as never, log: 'room:1' } },
  { kind: 'presence', node: 'n', told: 1, people: [{ user: 'u' as never, state: 'offline', lastSeenAt: 5 }] },
  { kind: 'presence', node: 'n', told: 1, people: [], whole: { part: 0, of: 1 } },
  { kind: 'node', node: 'n', state: 'up', told: 0, asks: 'm' },
];

const optional = new Set(['id', 'asks', 'whole', 'except']);

/** A property may be left out, a list may be empty, and nobody may have been seen yet. */
const isAllowed = (name: string, value: unknown): boolean =>
  (optional.has(name) && value === undefined) ||
  ((name === 'people' || name === 'sessions' || name === 'except') && Array.isArray(value)) ||
  (name === 'lastSeenAt' && value === null);

/** All ways to break one value somewhere in a message: taken out, or of another type. */
function* broken(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    for (const wrong of [undefined, null, {}, [], typeof inner === 'string' ? 7 : 'x', -1, 1.5]) {
      if (!isAllowed(name, wrong)) yield { ...value, [name]: wrong };
    }
    for (const deeper of broken(inner)) yield Array.isArray(value) ? [deeper] : { ...value, [name]: deeper };
  }
}

const payloadOf = (...messages: readonly unknown[]): string => JSON.stringify({ from: 'node', messages });

describe('a payload', () => {
  it('brings every kind of message whole', () => {
    const writer = new PayloadWriter('node', 100_000);
    for (const message of good) {
      const { text, bytes } = encodeMessage(message, 10_000) ?? { text: '', bytes: 0 };
      expect(writer.add(text, bytes)).toBeUndefined();
    }
    expect(readPayload(writer.finish() ?? '', 100_000)).toEqual({ from: 'node', messages: good, unknown: 0 });
    expect(writer.finish()).toBeUndefined();
  });

  it('leaves out what has another shape, and brings what stands beside it', () => {
    let tried = 0;
    for (const wrong of good.flatMap((message) => [...broken(message)])) {
      const read = readPayload(payloadOf(wrong, testHead(1)), 100_000);
      expect({ wrong, messages: read?.messages }).toEqual({ wrong, messages: [testHead(1)] });
      tried += 1;
    }
    expect(tried).toBeGreaterThan(100);
  });

  it('may tell more than this version knows', () => {
    const newer = { ...testHead(1), shade: 'blue' };
    const read = readPayload(payloadOf(newer, { kind: 'hologram' }, { kind: 'toString' }, null, 7), 100_000);
    expect(read).toEqual({ from: 'node', messages: [newer], unknown: 4 });
  });

  it('is not read when it is none, or too large', () => {
    for (const text of ['', 'x', '[]', '7', 'null', '{}', '{"from":"n"}', '{"from":1,"messages":[]}']) {
      expect(readPayload(text, 100_000)).toBeUndefined();
    }
    expect(readPayload(payloadOf(testHead(1)), 20)).toBeUndefined();
  });

  it('is known as one’s own without being read', () => {
    const payload = emptyPayload('node');
    expect([isFrom('node', payload), isFrom('nod', payload), isFrom('nodes', payload)]).toEqual([true, false, false]);
    expect(readPayload(payload, 100)).toEqual({ from: 'node', messages: [], unknown: 0 });
  });

  it('is cut before it is larger than its bound, in bytes', () => {
    const writer = new PayloadWriter('node', 200);
    const payloads: (string | undefined)[] = [];
    const texts = ['語'.repeat(40), 'a'.repeat(40), 'b'.repeat(10)].map((text) => JSON.stringify(text));
    for (const text of texts) payloads.push(writer.add(text, Buffer.byteLength(text)));
    payloads.push(writer.finish());
    const cut = payloads.filter((payload) => payload !== undefined);
    expect(cut.flatMap((payload) => JSON.parse(payload).messages)).toEqual(texts.map((text) => JSON.parse(text)));
    expect(cut).toHaveLength(2);
    for (const payload of cut) expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(200);
  });
});
