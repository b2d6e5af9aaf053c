import { FakeTime } from '@confab/engine/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { defaultPeerJsLimits } from './limits.ts';
import { type Handed, Mailboxes } from './mailboxes.ts';
import type { OutgoingSignal } from './messages.ts';

let time: FakeTime;
let handed: string[];
let expired: string[];
/** What becomes of what is handed over, by the id that it is for. */
let fate: (signal: OutgoingSignal) => Handed | Promise<Handed>;
beforeEach(() => {
  time = new FakeTime();
  handed = [];
  expired = [];
  fate = () => 'over';
});

function mailboxes(limits: Partial<typeof defaultPeerJsLimits> = {}): Mailboxes {
  return new Mailboxes({
    timers: time.timers,
    limits: { ...defaultPeerJsLimits, ...limits },
    async hand(signal) {
      const outcome = await fate(signal);
      if (outcome === 'over') handed.push(`${signal.peer} ${signal.payload}`);
      return outcome;
    },
    expired: (peer) => void expired.push(peer),
  });
}

const offer = (peer: string, payload = '1'): OutgoingSignal => ({ peer, kind: 'offer', payload });

/** A fate that the test lets come. */
function held() {
  const waiting: (() => void)[] = [];
  fate = () => new Promise<Handed>((resolve) => waiting.push(() => resolve('over')));
  return waiting;
}

describe('mailboxes', () => {
  test('what is for one id goes one after the other, what is for others does not wait', async () => {
    const waiting = held();
    const boxes = mailboxes();
    for (const payload of ['1', '2', '3']) boxes.post(offer('ben', payload));
    boxes.post(offer('cem'));
    await time.settle();
    expect(waiting).toHaveLength(2);
    while (waiting.length > 0) {
      waiting.pop()?.();
      await time.settle();
    }
    expect(handed.filter((each) => each.startsWith('ben'))).toEqual(['ben 1', 'ben 2', 'ben 3']);
    expect(boxes.waitingMessages).toBe(0);
  });

  test('no more are on their way at once than the bound, and none is forgotten', async () => {
    const waiting = held();
    const boxes = mailboxes({ inFlight: 3 });
    for (let index = 0; index < 10; index += 1) boxes.post(offer(`p${index}`));
    await time.settle();
    expect(waiting).toHaveLength(3);
    while (waiting.length > 0) {
      waiting.shift()?.();
      await time.settle();
    }
    expect(handed).toHaveLength(10);
  });

  test('who comes within the time finds what was sent to them, in its order', async () => {
    fate = () => 'absent';
    const boxes = mailboxes();
    boxes.post(offer('ben', '1'));
    boxes.post(offer('ben', '2'));
    await time.advance(defaultPeerJsLimits.expireMs - 1);
    expect(handed).toEqual([]);
    fate = () => 'over';
    await time.advance(defaultPeerJsLimits.retryMs);
    expect(handed).toEqual(['ben 1', 'ben 2']);
    expect(expired).toEqual([]);
  });

  test('who does not come is told of once, and what was for them is forgotten', async () => {
    fate = () => 'absent';
    const boxes = mailboxes();
    boxes.post(offer('ben', '1'));
    boxes.post(offer('ben', '2'));
    await time.advance(defaultPeerJsLimits.expireMs - 1);
    expect(expired).toEqual([]);
    await time.advance(1);
    expect(expired).toEqual(['ben']);
    expect(boxes.waitingMessages).toBe(0);
    expect(time.waitingCount).toBe(0);
    fate = () => 'over';
    boxes.post(offer('ben', '3'));
    await time.settle();
    expect(handed).toEqual(['ben 3']);
  });

  test('a farewell to someone who is gone is simply dropped', async () => {
    fate = () => 'absent';
    const boxes = mailboxes();
    boxes.post({ peer: 'ben', kind: 'leave', payload: '' });
    await time.advance(60_000);
    expect(expired).toEqual([]);
    expect(boxes.waitingMessages).toBe(0);
  });

  test('what was too fast is handed over later, however long it takes', async () => {
    let refusals = 20;
    fate = () => {
      refusals -= 1;
      return refusals < 0 ? 'over' : { laterMs: 1_000 };
    };
    mailboxes().post(offer('ben'));
    await time.advance(20_000);
    expect(handed).toEqual(['ben 1']);
    expect(expired).toEqual([]);
  });

  test('what is refused for good expires at once', async () => {
    fate = () => 'refused';
    mailboxes().post(offer('ben'));
    await time.settle();
    expect(expired).toEqual(['ben']);
  });

  test.each([
    ['messages', { waitingMessages: 3 }, '1'],
    ['characters', { waitingChars: 3_000 }, 'x'.repeat(1_000)],
  ])('beyond the bound of %s nothing is kept: it expires', async (_, limits, payload) => {
    const waiting = held();
    const boxes = mailboxes(limits);
    for (let index = 0; index < 4; index += 1) boxes.post(offer('ben', payload));
    expect(expired).toEqual(['ben']);
    expect(boxes.waitingMessages).toBe(0);
    // A new box begins while the one that was dropped is still on its way.
    boxes.post(offer('ben', 'new'));
    await time.settle();
    while (waiting.length > 0) {
      waiting.pop()?.();
      await time.settle();
    }
    expect(handed).toContain('ben new');
    expect(boxes.waitingMessages).toBe(0);
  });

  test('nothing happens any more after closing', async () => {
    fate = () => 'absent';
    const boxes = mailboxes();
    boxes.post(offer('ben'));
    await time.settle();
    boxes.close();
    boxes.post(offer('cem'));
    await time.advance(60_000);
    expect(time.waitingCount).toBe(0);
    expect(expired).toEqual([]);
  });
});
