import { type ClientId, type LogId, roomLog } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let log: LogId;
beforeEach(async () => {
  test = await createTestChat();
  const { owner: founder, general } = await test.found();
  owner = founder;
  log = roomLog(general);
  for (const clientId of ['a', 'b'] as ClientId[]) {
    await test.do(owner, 'message.post', { room: general, clientId, text: 'x' });
  }
});
afterEach(() => test.close());

const head = async () => {
  const [position] = await test.chat.heads([log]);
  if (position === undefined) throw new Error('There is no log.');
  return position;
};
const lastEvent = async () => {
  const { seq } = await head();
  const [event] = await test.chat.readLog({ log, after: seq - 1, upTo: seq, limit: 1, noticesOnly: false });
  return event?.json.slice(0, event.json.indexOf(',"data":')) ?? '';
};

describe('[L1] a head that was told', () => {
  it('changes nothing while the log holds it, or is in a later epoch already', async () => {
    const { epoch, seq, count } = await head();
    const event = await lastEvent();
    for (const told of [
      { epoch, seq },
      { epoch, seq, event },
      { epoch, seq: seq - 1 },
      { epoch: epoch - 1, seq: seq + 5 },
    ]) {
      expect(await test.chat.confirmHead(log, told)).toEqual({ epoch, seq, count });
    }
    expect(await test.chat.confirmHead('room:none', { epoch, seq })).toBeUndefined();
    expect(await head()).toEqual({ epoch, seq, count });
  });

  it('gives the log a new epoch, once, when the log ends before it, holds another event, or is of an earlier epoch', async () => {
    const first = await head();
    const asked = await Promise.all([1, 2, 3].map(() => test.chat.confirmHead(log, { ...first, seq: first.seq + 2 })));
    const second = await head();
    expect(second).toEqual({ ...first, epoch: expect.any(Number) });
    expect(second.epoch).toBeGreaterThan(first.epoch);
    expect(asked).toEqual([second, second, second]);
    const another = (await lastEvent()).replace(/"at":\d+/, '"at":1');
    const third = await test.chat.confirmHead(log, { ...second, event: another });
    expect(third?.epoch).toBeGreaterThan(second.epoch);
    const ahead = await test.chat.confirmHead(log, { epoch: 3_000_000_000, seq: 1 });
    expect(ahead?.epoch).toBe(3_000_000_001);
    expect(await head()).toEqual(ahead);
  });
});
