import { type ClientId, inboxLog, limits, type MessageId, type RoomId, type SpaceId } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let general: RoomId;
let message: MessageId;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
});
afterAll(() => test.close());
beforeEach(async () => {
  message = await post(general);
});

const post = async (room: RoomId) => {
  const clientId = `send-${++sends}` as ClientId;
  return (await test.do(owner, 'message.post', { room, clientId, text: clientId })).id;
};
const minute = 60_000;
const remind = (inMs: number, of = message) => test.do(mia, 'reminder.set', { message: of, dueAt: test.nowMs + inMs });
const list = async () => (await test.do(mia, 'reminder.list', {})).reminders;
const forget = () => test.do(mia, 'reminder.remove', { message });
const told = async () =>
  (await test.events(inboxLog(mia.user))).filter(({ event }) => event.startsWith('inbox.reminder'));
const pass = (ms: number) => {
  test.nowMs += ms;
  return test.doDue();
};

describe('a reminder', () => {
  it('[W4] is told when it is due, once, and stays until one is done with it', async () => {
    await remind(minute);
    await pass(minute - 1);
    expect((await list())[0]?.reminder.toldAt).toBeNull();
    await pass(1);
    await pass(minute);
    const reminder = { message, room: general, dueAt: test.nowMs - minute, toldAt: test.nowMs - minute };
    expect(await list()).toMatchObject([{ reminder, message: { id: message } }]);
    expect((await told()).map(({ data }) => data)).toMatchObject([{ toldAt: null }, reminder]);
    await forget();
    expect(await list()).toEqual([]);
    expect((await told()).at(-1)).toMatchObject({ event: 'inbox.reminder-removed', data: { message } });
  });

  it('is one for each message: the last time that was set holds', async () => {
    await remind(minute);
    await remind(3 * minute);
    await pass(minute);
    expect((await list()).map(({ reminder }) => reminder.toldAt)).toEqual([null]);
    await pass(2 * minute);
    expect((await list())[0]?.reminder.toldAt).toBe(test.nowMs);
    await forget();
  });

  it('that was removed is not told', async () => {
    await remind(minute);
    await forget();
    const before = (await told()).length;
    await pass(minute);
    await forget();
    expect(await told()).toHaveLength(before);
  });

  it('of a message that was deleted goes without a word of it', async () => {
    await remind(minute);
    await test.do(owner, 'message.delete', { message });
    expect(await list()).toEqual([]);
    await pass(minute);
    expect((await told()).at(-1)).toMatchObject({ event: 'inbox.reminder-removed', data: { message } });
    expect(await test.refusal(mia, 'reminder.set', { message, dueAt: test.nowMs + minute })).toBe('message-deleted');
  });

  it('[W4] tells nothing of what one may not see any more', async () => {
    const { room } = await test.do(owner, 'room.create', { space, name: 'secret', visibility: 'private' });
    await test.do(owner, 'room.invite', { room: room.info.id, user: mia.user });
    const secret = await post(room.info.id);
    await remind(minute, secret);
    await test.do(mia, 'room.leave', { room: room.info.id });
    expect(await list()).toEqual([]);
    await pass(minute);
    expect((await told()).at(-1)).toMatchObject({ event: 'inbox.reminder-removed' });
  });

  it.each([0, limits.scheduleAheadMs + minute])('is not for a time %i ms from now', async (inMs) => {
    expect(await test.refusal(mia, 'reminder.set', { message, dueAt: test.nowMs + inMs })).toBe('time-out-of-range');
  });

  it('is one of a bounded number', async () => {
    for (let index = 0; index < limits.remindersPerPerson; index += 1) await remind(minute, await post(general));
    expect(await test.refusal(mia, 'reminder.set', { message, dueAt: test.nowMs + minute })).toBe('limit-reached');
  });
});
