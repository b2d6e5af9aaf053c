import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OutgoingFault } from '../outgoing/outgoing-fault.ts';
import { Outside } from '../outgoing/outside.ts';
import { parseRange } from '../outgoing/public-address.ts';
import { Pushes, type PushesParts } from './pushes.ts';
import type { ArrivedPush } from './testing/push-service.ts';
import { PushService } from './testing/push-service.ts';

const here = '127.0.0.11';
const allowed = [parseRange(here)].filter((range) => range !== undefined);
const keys = { publicKey: '', privateKey: '' };
const service = new PushService();

beforeAll(async () => {
  const { default: webPush } = await import('web-push');
  Object.assign(keys, webPush.generateVAPIDKeys());
  await service.open(here);
});
afterAll(() => service.close());
beforeEach(() => {
  service.arrived.length = 0;
  service.answer = { status: 201 };
});

type Target = { endpoint: string; keys: { p256dh: string; auth: string } };
function pushesTo(target: Target | null, parts: Partial<PushesParts> = {}): Pushes {
  const payload = { kind: 'test', language: 'en' } as const;
  const to = target && { user: 'ada' as never, endpoint: target.endpoint, ...target.keys };
  const next = async () => to && ({ target: to, payload, topic: 'test', when: 'always' } as const);
  return new Pushes({
    push: { keys: async () => keys, next },
    outside: new Outside({ allowed }),
    contact: 'mailto:postmaster@confab.invalid',
    now: () => Date.UTC(2026, 0, 1),
    ...parts,
  });
}
const send = (pushes: Pushes) => pushes.send('subscription/test', { message: null, tries: 0 });

describe('a push', () => {
  it('arrives at its browser, which alone can read it, signed by the instance', async () => {
    expect(await send(pushesTo(service.subscribe(keys.publicKey)))).toEqual({ status: 'sent' });
    const expected: Partial<ArrivedPush> = {
      text: '{"kind":"test","language":"en"}',
      ttl: '14400',
      topic: 'test',
      urgency: 'high',
    };
    expect(service.arrived).toMatchObject([expected]);
  });

  it('cannot be read with another browser’s keys', async () => {
    const { endpoint } = service.subscribe(keys.publicKey);
    const other = service.subscribe(keys.publicKey);
    expect(await send(pushesTo({ endpoint, keys: other.keys }))).toMatchObject({ failure: 'refused', again: false });
    expect(service.arrived).toEqual([]);
  });

  it('is needless when there is nothing to say any more', async () => {
    const before = service.asked;
    expect(await send(pushesTo(null))).toEqual({ status: 'needless' });
    expect(service.asked).toBe(before);
  });

  it.each([
    [404, {}, { status: 'gone' }],
    [410, {}, { status: 'gone' }],
    [403, {}, { status: 'failed', failure: 'refused', again: false }],
    [413, {}, { status: 'failed', failure: 'refused', again: false }],
    [429, { 'retry-after': '120' }, { status: 'failed', failure: 'no-answer', again: true, afterMs: 120_000 }],
    [
      429,
      { 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' },
      { status: 'failed', failure: 'no-answer', again: true, afterMs: 60_000 },
    ],
    [503, { 'retry-after': '999999' }, { status: 'failed', failure: 'no-answer', again: true, afterMs: 3_600_000 }],
    [500, {}, { status: 'failed', failure: 'no-answer', again: true }],
  ])('that its service answers with %i %j is %j', async (status, headers, outcome) => {
    service.answer = { status, headers: headers as Record<string, string> };
    expect(await send(pushesTo(service.subscribe(keys.publicKey)))).toEqual(outcome);
  });

  it('goes nowhere inside, whatever a browser gave as its address', async () => {
    const { keys: own } = service.subscribe(keys.publicKey);
    const before = service.asked;
    const pushes = pushesTo({ endpoint: `${service.origin}/browsers/1`, keys: own }, { outside: new Outside() });
    expect(await send(pushes)).toEqual({ status: 'failed', failure: 'not-allowed', again: false });
    expect(service.asked).toBe(before);
  });

  it('is tried again when its service is not there', async () => {
    const outside = { request: () => Promise.reject(new OutgoingFault('too-slow')) };
    expect(await send(pushesTo(service.subscribe(keys.publicKey), { outside }))).toMatchObject({ again: true });
  });

  it('is given up for a browser whose key is none', async () => {
    const { endpoint, keys: own } = service.subscribe(keys.publicKey);
    const broken = { endpoint, keys: { ...own, p256dh: 'A'.repeat(87) } };
    expect(await send(pushesTo(broken))).toEqual({ status: 'gone' });
  });
});
