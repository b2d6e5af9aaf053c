import { type ClientId, inboxLog, limits, type MessageId, type RoomId, type SpaceId } from '@confab/protocol';
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

const post = async (room: RoomId) => {
  const clientId = `send-${++sends}` as ClientId;
  return (await test.do(owner, 'message.post', { room, clientId, text: clientId })).id;
};
const add = async (message: MessageId, note?: string) => {
  test.nowMs += 1;
  return (await test.do(mia, 'bookmark.add', { message, ...(note === undefined ? {} : { note }) })).bookmark;
};
const list = async (params: { after?: MessageId; limit?: number } = {}) => {
  const { bookmarks, more } = await test.do(mia, 'bookmark.list', params);
  return { ids: bookmarks.map(({ message }) => message.id), more };
};
const told = async () =>
  (await test.events(inboxLog(mia.user))).filter(({ event }) => event.startsWith('inbox.bookmark'));

describe('bookmarks', () => {
  it('are listed with their messages, those kept last first, a page at a time', async () => {
    const messages = [await post(general), await post(general), await post(general)];
    for (const message of messages) await add(message);
    const [first, second, third] = messages as [MessageId, MessageId, MessageId];
    expect(await list({ limit: 2 })).toEqual({ ids: [third, second], more: true });
    expect(await list({ limit: 2, after: second })).toEqual({ ids: [first], more: false });
    const { people } = await test.do(mia, 'bookmark.list', {});
    expect(people.map(({ id }) => id)).toEqual([owner.user]);
    expect((await test.do(owner, 'bookmark.list', {})).bookmarks).toEqual([]);
  });

  it('have a note that can be changed, and keep their place', async () => {
    const message = await post(general);
    const { at } = await add(message, '  read\nthis ');
    await add(await post(general));
    const before = (await told()).length;
    expect(await add(message)).toEqual({ message, room: general, at, note: 'read this' });
    expect(await told()).toHaveLength(before);
    expect(await add(message, '')).toEqual({ message, room: general, at, note: '' });
    expect((await told()).at(-1)).toMatchObject({ event: 'inbox.bookmark-added', data: { message, note: '' } });
    const note = 'x'.repeat(limits.bookmarkNoteChars + 1);
    expect(await test.refusal(mia, 'bookmark.add', { message, note })).toBe('invalid-params');
  });

  it('are told when they go, once', async () => {
    const message = await post(general);
    await add(message);
    const before = (await told()).length;
    for (let times = 0; times < 2; times += 1) await test.do(mia, 'bookmark.remove', { message });
    expect((await told()).slice(before).map(({ event }) => event)).toEqual(['inbox.bookmark-removed']);
    expect((await list()).ids).not.toContain(message);
  });

  it('[W5] of what was deleted, or is not one’s to see any more, are not shown', async () => {
    const { room } = await test.do(owner, 'room.create', { space, name: 'secret', visibility: 'private' });
    await test.do(owner, 'room.invite', { room: room.info.id, user: mia.user });
    const [secret, gone] = [await post(room.info.id), await post(general)];
    await add(secret);
    await add(gone);
    await test.do(mia, 'room.leave', { room: room.info.id });
    await test.do(owner, 'message.delete', { message: gone });
    const { ids } = await list();
    expect(ids).not.toContain(secret);
    expect(ids).not.toContain(gone);
    expect(await test.refusal(mia, 'bookmark.add', { message: gone })).toBe('message-deleted');
    await test.do(owner, 'room.invite', { room: room.info.id, user: mia.user });
    expect((await list()).ids).toContain(secret);
  });
});
