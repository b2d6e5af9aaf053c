import type { ClientId, LoggedEvent, MessageId, Params, RoomId, SpaceId, ThreadState } from '@confab/protocol';
import { inboxLog, limits } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let ben: TestPerson;
let space: SpaceId;
let room: RoomId;
let root: MessageId;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  ben = await test.addPerson('ben', { space, role: 'member' });
});
afterAll(() => test.close());
beforeEach(async () => {
  sends += 1;
  const params = { space, name: `room-${sends}`, visibility: 'public' } as const;
  room = (await test.do(owner, 'room.create', params)).room.info.id;
  for (const person of [mia, ben]) await test.do(person, 'room.join', { room });
  root = (await say(owner, {})).id;
});

async function say(who: TestPerson, context: Partial<Params<'message.post'>>) {
  sends += 1;
  test.nowMs += 1_000;
  const params = { room, clientId: `send-${sends}` as ClientId, text: `text ${sends}`, ...context };
  return test.do(who, 'message.post', params);
}
const reply = (who: TestPerson) => say(who, { thread: root });
const list = async (who: TestPerson, page: Params<'thread.list'> = {}) => test.do(who, 'thread.list', page);
const statesOf = async (who: TestPerson) =>
  (await list(who)).threads.map(({ state }) => state).filter((state) => state.room === room);
const toldTo = async (who: TestPerson): Promise<ThreadState[]> =>
  (await test.events(inboxLog(who.user)))
    .filter((event): event is Extract<LoggedEvent, { event: 'inbox.thread-changed' }> =>
      event.event.endsWith('thread-changed'),
    )
    .map(({ data }) => data)
    .filter((state) => state.room === room);

describe('a thread is followed', () => {
  it('[R3] by whoever replies, and by the one who is replied to, who has the reply unread', async () => {
    await reply(mia);
    const thread = { root, room, following: true };
    expect(await statesOf(mia)).toEqual([{ ...thread, readIndex: 1, replies: 1 }]);
    expect(await statesOf(owner)).toEqual([{ ...thread, readIndex: 0, replies: 1 }]);
    expect(await statesOf(ben)).toEqual([]);
    expect((await toldTo(owner)).at(-1)).toEqual({ ...thread, readIndex: 0, replies: 1 });
  });

  it('[R4] with everyone who follows told of each reply, and nobody else', async () => {
    await reply(mia);
    await reply(ben);
    expect((await toldTo(mia)).at(-1)).toMatchObject({ readIndex: 1, replies: 2 });
    expect((await toldTo(owner)).at(-1)).toMatchObject({ readIndex: 0, replies: 2 });
    await say(owner, {});
    expect(await toldTo(ben)).toHaveLength(1);
  });

  it('by members whom a reply mentions, who have it unread, unless they follow it no more', async () => {
    await reply(mia);
    await say(mia, { thread: root, text: 'what does @ben say?' });
    expect(await statesOf(ben)).toMatchObject([{ readIndex: 1, replies: 2 }]);
    await test.do(ben, 'thread.unfollow', { message: root });
    await say(mia, { thread: root, text: '@ben?' });
    expect(await statesOf(ben)).toEqual([]);
  });

  it('by command, from there on', async () => {
    const first = await reply(mia);
    expect(await test.do(ben, 'thread.follow', { message: first.id })).toEqual({
      ...{ root, room, following: true },
      ...{ readIndex: 1, replies: 1 },
    });
    await reply(mia);
    expect(await statesOf(ben)).toMatchObject([{ readIndex: 1, replies: 2 }]);
  });

  it('no more after one said so, until one replies', async () => {
    await test.do(owner, 'thread.unfollow', { message: root });
    await reply(mia);
    expect(await statesOf(owner)).toEqual([]);
    expect(await toldTo(owner)).toHaveLength(1);
    await reply(owner);
    expect(await statesOf(owner)).toMatchObject([{ readIndex: 2, replies: 2 }]);
  });

  it('no more by whoever is not in the room any more, and not again when they are back', async () => {
    await reply(mia);
    await test.do(mia, 'room.leave', { room });
    await reply(ben);
    expect(await statesOf(mia)).toEqual([]);
    expect(await toldTo(mia)).toHaveLength(1);
    await test.do(mia, 'room.join', { room });
    expect(await statesOf(mia)).toEqual([]);
  });

  it('by a bounded number of people', async () => {
    const people: TestPerson[] = [];
    for (let index = 0; index < limits.threadFollowers; index += 1) {
      const person = await test.addPerson(`many-${index}`, { space, role: 'member' });
      await test.do(person, 'room.join', { room });
      await test.do(person, 'thread.follow', { message: root });
      people.push(person);
    }
    expect(await test.refusal(ben, 'thread.follow', { message: root })).toBe('limit-reached');
    await reply(ben);
    expect(await statesOf(ben)).toEqual([]);
    expect((await toldTo(people[0] as TestPerson)).at(-1)).toMatchObject({ replies: 1 });
  });
});

describe('reading a thread', () => {
  it('moves forward only, at most to its end, and is told to one’s devices', async () => {
    for (let count = 0; count < 3; count += 1) await reply(mia);
    const read = (index: number) => test.do(owner, 'thread.mark-read', { message: root, index });
    expect(await read(2)).toMatchObject({ readIndex: 2, replies: 3 });
    expect(await read(1)).toMatchObject({ readIndex: 2 });
    expect(await read(99)).toMatchObject({ readIndex: 3 });
    expect((await toldTo(owner)).slice(-2)).toMatchObject([{ readIndex: 2 }, { readIndex: 3 }]);
  });

  it('of what one does not follow is not noted', async () => {
    await reply(mia);
    const told = await test.effectsOf(async () => {
      const answer = await test.do(ben, 'thread.mark-read', { message: root, index: 1 });
      expect(answer).toEqual({ root, room, following: false, readIndex: 1, replies: 1 });
    });
    expect(told.events).toEqual([]);
  });
});

describe('the list of followed threads', () => {
  it('has the newest reply first, with what was replied to and the reply', async () => {
    const other = await say(owner, {});
    const first = await reply(mia);
    const second = await say(ben, { thread: other.id });
    const { threads, people } = await list(owner, { limit: 2 });
    expect(threads.map(({ message, latest }) => [message.id, latest.id])).toEqual([
      [other.id, second.id],
      [root, first.id],
    ]);
    expect(threads[0]?.message.replies).toMatchObject({ count: 1 });
    expect(new Set(people.map(({ id }) => id))).toEqual(new Set([owner.user, mia.user, ben.user]));
  });

  it('is read page by page, or only what is unread of it', async () => {
    const other = await say(owner, {});
    await reply(mia);
    await say(mia, { thread: other.id });
    const first = await list(owner, { limit: 1 });
    expect([first.threads[0]?.state.root, first.more]).toEqual([other.id, true]);
    const second = await list(owner, { limit: 1, after: other.id });
    expect(second.threads[0]?.state.root).toBe(root);
    await test.do(owner, 'thread.mark-read', { message: other.id, index: 1 });
    const unread = (await list(owner, { unreadOnly: true })).threads.map(({ state }) => state.root);
    expect(unread).toContain(root);
    expect(unread).not.toContain(other.id);
  });

  it('stands in the first screen as far as it is unread', async () => {
    await reply(mia);
    const unread = (await test.do(owner, 'account.home', {})).threads;
    expect(unread[0]).toEqual({ root, room, following: true, readIndex: 0, replies: 1 });
    expect((await test.do(mia, 'account.home', {})).threads.filter((state) => state.room === room)).toEqual([]);
  });
});
