import type { ClientId, MessageId, RoomId, SpaceId } from '@confab/protocol';
import { limits } from '@confab/protocol';
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
  sends += 1;
  ({ id: message } = await test.do(owner, 'message.post', {
    room: general,
    clientId: `send-${sends}` as ClientId,
    text: 'hello',
  }));
});

const add = (who: TestPerson, emoji: string) => test.do(who, 'reaction.add', { message, emoji });
const remove = (who: TestPerson, emoji: string) => test.do(who, 'reaction.remove', { message, emoji });
const seenBy = async (who: TestPerson) => (await test.do(who, 'message.show', { message })).message.reactions;
const told = async () => (await test.events(`room:${general}`)).filter(({ event }) => event.startsWith('reaction.'));

describe('reactions', () => {
  it('[A2] stand with the message, by emoji in the order in which they came, and say whether one is among them', async () => {
    await add(mia, '👍');
    await add(owner, '🎉');
    await add(owner, '👍');
    expect(await seenBy(owner)).toEqual([
      { emoji: '👍', count: 2, users: [mia.user, owner.user], mine: true },
      { emoji: '🎉', count: 1, users: [owner.user], mine: true },
    ]);
    expect(await seenBy(mia)).toEqual([
      { emoji: '👍', count: 2, users: [mia.user, owner.user], mine: true },
      { emoji: '🎉', count: 1, users: [owner.user] },
    ]);
    const page = await test.do(mia, 'message.list', { room: general, limit: 1 });
    expect(page.messages[0]?.reactions).toEqual(await seenBy(mia));
  });

  it('[A1] are told once, however often one adds or removes the same', async () => {
    const before = (await told()).length;
    for (let times = 0; times < 3; times += 1) await add(mia, '👍');
    for (let times = 0; times < 3; times += 1) await remove(mia, '👍');
    expect((await told()).slice(before).map(({ event }) => event)).toEqual(['reaction.added', 'reaction.removed']);
    expect(await seenBy(mia)).toBeUndefined();
  });

  it('[A1] keep the skin tone and the sex that were chosen', async () => {
    await add(mia, '👩🏽‍🚀');
    expect((await seenBy(mia))?.[0]?.emoji).toBe('👩🏽‍🚀');
  });

  it.each(['a', '👍👍', '👍 ', '<b>', ':x:', '1'])(
    'of something else than one emoji are refused: %s',
    async (emoji) => {
      expect(await test.refusal(mia, 'reaction.add', { message, emoji })).toBe('invalid-params');
    },
  );

  it('[A2] of a deleted message go with it, and nobody can react to it any more', async () => {
    await add(mia, '👍');
    await test.do(owner, 'message.delete', { message });
    expect(await seenBy(mia)).toBeUndefined();
    expect(await test.refusal(mia, 'reaction.add', { message, emoji: '👍' })).toBe('message-deleted');
    expect(await test.do(mia, 'reaction.list', { message, emoji: '👍' })).toEqual({ users: [], more: false });
  });

  it('are refused in an archived room', async () => {
    const { room } = await test.do(owner, 'room.create', { space, name: 'quiet', visibility: 'public' });
    const post = { room: room.info.id, clientId: 'a' as ClientId, text: 'x' };
    const { id } = await test.do(owner, 'message.post', post);
    await test.do(owner, 'room.archive', { room: room.info.id });
    expect(await test.refusal(owner, 'reaction.add', { message: id, emoji: '👍' })).toBe('room-archived');
  });

  it('are of a bounded number of emoji', async () => {
    for (let index = 0; index < limits.emojiPerMessage; index += 1) {
      await add(owner, String.fromCodePoint(0x1f400 + index));
      test.nowMs += 1_000;
    }
    expect(await test.refusal(mia, 'reaction.add', { message, emoji: '👍' })).toBe('limit-reached');
    await add(mia, String.fromCodePoint(0x1f400));
  });

  it('[A2] name the first twenty and count all; who takes the place of one who is gone is told', async () => {
    const people: TestPerson[] = [];
    for (let index = 0; index < limits.shownReactors + 2; index += 1) {
      people.push(await test.addPerson(`many-${index}`, { space, role: 'member' }));
    }
    for (const person of people) await add(person, '👍');
    const shown = async () => (await seenBy(owner))?.[0];
    expect(await shown()).toMatchObject({ count: 22, users: people.slice(0, 20).map(({ user }) => user) });
    await remove(people[3] as TestPerson, '👍');
    expect((await told()).at(-1)?.data).toEqual({ message, emoji: '👍', next: people[20]?.user });
    const left = people.filter((_, index) => index !== 3).map(({ user }) => user);
    expect(await shown()).toMatchObject({ count: 21, users: left.slice(0, 20) });
    await remove(people[21] as TestPerson, '👍');
    expect((await told()).at(-1)?.data).toEqual({ message, emoji: '👍' });
  });

  it('are listed a page at a time', async () => {
    await add(mia, '👍');
    await add(owner, '👍');
    const list = (after?: TestPerson) =>
      test.do(owner, 'reaction.list', { message, emoji: '👍', limit: 1, ...(after ? { after: after.user } : {}) });
    expect(await list()).toEqual({ users: [mia.user], more: true });
    expect(await list(mia)).toEqual({ users: [owner.user], more: false });
  });
});
