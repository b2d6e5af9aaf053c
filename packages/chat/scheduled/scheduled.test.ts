import { type ClientId, inboxLog, limits, type RoomId, type SpaceId } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let general: RoomId;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
});
afterAll(() => test.close());

const minute = 60_000;
const schedule = async (text: string, inMs = minute, room = general, thread?: string) => {
  const clientId = `send-${++sends}` as ClientId;
  const params = { room, clientId, text, dueAt: test.nowMs + inMs, ...(thread ? { thread: thread as never } : {}) };
  return (await test.do(mia, 'scheduled.create', params)).scheduled;
};
const waiting = async (who = mia) => (await test.do(who, 'scheduled.list', {})).scheduled;
const texts = async () => (await test.do(owner, 'message.list', { room: general })).messages.map(({ text }) => text);
const pass = (ms: number) => {
  test.nowMs += ms;
  return test.doDue();
};

describe('a scheduled message', () => {
  it('[W1] is posted in its author’s name when its time has come, and not before', async () => {
    const { id, clientId } = await schedule('later');
    await pass(minute - 1);
    expect(await texts()).not.toContain('later');
    expect((await waiting()).map((each) => each.id)).toEqual([id]);
    await pass(1);
    const message = (await test.do(owner, 'message.list', { room: general })).messages.at(-1);
    expect(message).toMatchObject({ text: 'later', author: mia.user, clientId });
    expect(await waiting()).toEqual([]);
    const told = (await test.events(inboxLog(mia.user))).at(-1);
    expect(told).toMatchObject({ event: 'inbox.scheduled-removed', data: { id, message: message?.id } });
  });

  it('[W1] [L2] is one message, though it was asked for twice and sent by hand as well', async () => {
    const params = { room: general, clientId: 'twice' as ClientId, text: 'once', dueAt: test.nowMs + minute };
    const [first, again] = [
      await test.do(mia, 'scheduled.create', params),
      await test.do(mia, 'scheduled.create', params),
    ];
    expect(again).toEqual(first);
    expect(await test.refusal(mia, 'scheduled.create', { ...params, text: 'other' })).toBe('client-id-reused');
    await test.do(mia, 'message.post', { room: general, clientId: params.clientId, text: 'once' });
    await pass(minute);
    expect((await texts()).filter((text) => text === 'once')).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  it('says what it says when it is posted, and comes when it was last set to', async () => {
    const { id } = await schedule('first', minute);
    await test.do(mia, 'scheduled.update', { scheduled: id, text: 'second' });
    await test.do(mia, 'scheduled.update', { scheduled: id, dueAt: test.nowMs + 2 * minute });
    await pass(minute);
    expect(await texts()).not.toContain('second');
    await pass(minute);
    expect(await texts()).toContain('second');
    expect(await texts()).not.toContain('first');
  });

  it('[W2] that was cancelled is not posted, and its text is nowhere any more', async () => {
    const { id } = await schedule('never said');
    await test.do(mia, 'scheduled.cancel', { scheduled: id });
    await pass(minute);
    expect(await texts()).not.toContain('never said');
    expect(await test.database.read<string>('testing.everything', null)).not.toContain('never said');
    expect(await test.refusal(mia, 'scheduled.cancel', { scheduled: id })).toBe('not-found');
  });

  it('is posted at once when its author cannot wait', async () => {
    const { id } = await schedule('now then', 60 * minute);
    await test.do(mia, 'scheduled.send-now', { scheduled: id });
    await test.doDue();
    expect(await texts()).toContain('now then');
  });

  it('reads nothing in its author’s name: what they have not seen stays unread', async () => {
    const seen = async () => (await test.do(mia, 'room.show', { room: general })).room;
    const unread = async () => {
      const { position, membership } = await seen();
      return position.count - (membership?.readCount ?? 0);
    };
    await test.do(mia, 'room.mark-read', { room: general, seq: 1_000_000 });
    await schedule('with nothing unread');
    await pass(minute);
    expect(await unread()).toBe(0);
    await test.do(owner, 'message.post', { room: general, clientId: 'overnight' as ClientId, text: 'overnight' });
    await schedule('with something unread');
    await pass(minute);
    expect(await unread()).toBe(2);
  });

  it('stands in its thread', async () => {
    const root = await test.do(owner, 'message.post', { room: general, clientId: 'root' as ClientId, text: 'root' });
    await schedule('a reply', minute, general, root.id);
    await pass(minute);
    const { messages } = await test.do(mia, 'message.list', { room: general, thread: root.id });
    expect(messages.map(({ text }) => text)).toEqual(['a reply']);
  });

  it('[W1] that cannot be posted waits with the reason, until it gets another time', async () => {
    const { room } = await test.do(owner, 'room.create', { space, name: 'closing', visibility: 'public' });
    await test.do(mia, 'room.join', { room: room.info.id });
    const { id } = await schedule('to a closed door', minute, room.info.id);
    await test.do(owner, 'room.archive', { room: room.info.id });
    await pass(minute);
    expect(await waiting()).toMatchObject([{ id, failed: 'room-archived' }]);
    await test.do(owner, 'room.unarchive', { room: room.info.id });
    await test.do(mia, 'scheduled.update', { scheduled: id, text: 'to an open door' });
    await pass(minute);
    expect(await waiting()).toMatchObject([{ id, failed: 'room-archived' }]);
    await test.do(mia, 'scheduled.update', { scheduled: id, dueAt: test.nowMs + minute });
    expect((await waiting())[0]?.failed).toBeUndefined();
    await pass(minute);
    expect(await waiting()).toEqual([]);
    const { messages } = await test.do(owner, 'message.list', { room: room.info.id });
    expect(messages.map(({ text }) => text)).toEqual(['to an open door']);
  });

  it('of someone who has left the room is not posted', async () => {
    const { room } = await test.do(owner, 'room.create', { space, name: 'left', visibility: 'private' });
    await test.do(owner, 'room.invite', { room: room.info.id, user: mia.user });
    const { id } = await schedule('too late', minute, room.info.id);
    await test.do(mia, 'room.leave', { room: room.info.id });
    await pass(minute);
    expect((await waiting())[0]?.failed).toBe('not-found');
    await test.do(mia, 'scheduled.cancel', { scheduled: id });
  });

  it.each([0, -minute, limits.scheduleAheadMs + minute])('is not for a time %i ms from now', async (inMs) => {
    const params = { room: general, clientId: 'when' as ClientId, text: 'x', dueAt: test.nowMs + inMs };
    expect(await test.refusal(mia, 'scheduled.create', params)).toBe('time-out-of-range');
  });

  it('has a text that can be posted', async () => {
    const params = { room: general, clientId: 'what' as ClientId, dueAt: test.nowMs + minute };
    expect(await test.refusal(mia, 'scheduled.create', { ...params, text: ' ' })).toBe('text-empty');
    const text = 'x'.repeat(limits.messageChars + 1);
    expect(await test.refusal(mia, 'scheduled.create', { ...params, text })).toBe('text-too-long');
  });

  it('is one of a bounded number', async () => {
    for (let index = 0; index < limits.scheduledPerPerson; index += 1) await schedule(`${index}`);
    const params = { room: general, clientId: 'one-more' as ClientId, text: 'x', dueAt: test.nowMs + minute };
    expect(await test.refusal(mia, 'scheduled.create', params)).toBe('limit-reached');
    await pass(minute);
    expect(await waiting()).toEqual([]);
  });
});
