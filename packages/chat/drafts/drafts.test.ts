import { type ClientId, limits, type MessageId, type RoomId, type SpaceId } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let space: SpaceId;
let general: RoomId;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
});
afterAll(() => test.close());

const save = async (text: string, at = ++test.nowMs, thread?: MessageId) =>
  (await test.do(mia, 'draft.save', { room: general, text, at, ...(thread ? { thread } : {}) })).draft;
const drafts = async (who = mia) => (await test.do(who, 'account.home', {})).drafts;

describe('a draft', () => {
  it('is there on all of one’s devices, and on nobody else’s', async () => {
    const { ephemerals } = await test.effectsOf(() => save('hel'));
    const draft = { room: general, text: 'hel', at: test.nowMs };
    expect(await drafts(await test.addSession(mia))).toEqual([draft]);
    expect((await test.do(mia, 'draft.list', {})).drafts).toEqual([draft]);
    expect(await drafts(owner)).toEqual([]);
    expect(ephemerals).toMatchObject([{ topic: `inbox:${mia.user}` }]);
    expect(JSON.parse(ephemerals[0]?.json ?? '')).toMatchObject({ event: 'draft.changed', data: draft });
  });

  it('[W3] is what was typed last, in whichever order it arrives', async () => {
    test.nowMs += 1_000;
    const at = test.nowMs;
    await save('hello', at);
    expect(await save('he', at - 500)).toEqual({ room: general, text: 'hello', at });
    expect(await drafts()).toMatchObject([{ text: 'hello' }]);
  });

  it('[W3] that was sent does not come back with what was typed before', async () => {
    test.nowMs += 1_000;
    const at = test.nowMs;
    await save('', at);
    expect(await drafts()).toEqual([]);
    await save('hello', at - 500);
    expect(await drafts()).toEqual([]);
  });

  it('holds what it quotes, also before a word is typed', async () => {
    const params = { room: general, clientId: 'quoted' as ClientId, text: 'quoted' };
    const quote = (await test.do(owner, 'message.post', params)).id;
    await test.do(mia, 'draft.save', { room: general, text: '', quote, at: ++test.nowMs });
    expect(await drafts()).toMatchObject([{ text: '', quote }]);
    await save('without');
    expect((await drafts())[0]).not.toHaveProperty('quote');
    await test.do(owner, 'message.delete', { message: quote });
    const { draft } = await test.do(mia, 'draft.save', { room: general, text: 'late', quote, at: ++test.nowMs });
    expect(draft).toEqual({ room: general, text: 'late', at: test.nowMs });
  });

  it('of a device whose clock is ahead does not keep the others from writing', async () => {
    await save('from the future', test.nowMs + 1_000_000);
    await save('now');
    expect(await drafts()).toMatchObject([{ text: 'now' }]);
  });

  it('is told when it says something new', async () => {
    const { ephemerals } = await test.effectsOf(async () => {
      await save('again');
      await save('again');
    });
    expect(ephemerals).toHaveLength(1);
  });

  it('of a reply is another one than the room’s', async () => {
    const clientId = 'root' as ClientId;
    const root = await test.do(owner, 'message.post', { room: general, clientId, text: 'root' });
    await save('to the thread', ++test.nowMs, root.id);
    expect((await drafts()).map(({ text, thread }) => [text, thread])).toEqual([
      ['to the thread', root.id],
      ['again', undefined],
    ]);
  });

  it('may be longer than a message, up to a bound', async () => {
    const text = 'x'.repeat(limits.draftChars);
    expect((await save(text)).text).toBe(text);
    const params = { room: general, text: `${text}x`, at: test.nowMs };
    expect(await test.refusal(mia, 'draft.save', params)).toBe('invalid-params');
  });

  it('is one of a bounded number: the oldest goes', async () => {
    const rooms: RoomId[] = [];
    for (let index = 0; index <= limits.draftsPerPerson; index += 1) {
      const name = `room-${index}`;
      rooms.push((await test.do(mia, 'room.create', { space, name, visibility: 'private' })).room.info.id);
    }
    for (const room of rooms) await test.do(mia, 'draft.save', { room, text: 'x', at: ++test.nowMs });
    const kept = await drafts();
    expect(kept).toHaveLength(limits.draftsPerPerson);
    expect(kept.some(({ room }) => room === rooms[0])).toBe(false);
  });

  it('of a room that one has left is not shown', async () => {
    const [first] = await drafts();
    if (!first) throw new Error('There is no draft.');
    await test.do(mia, 'room.leave', { room: first.room });
    expect((await drafts()).some(({ room }) => room === first.room)).toBe(false);
  });
});
