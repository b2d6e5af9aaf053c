import type { ClientId, Export, ExportId, Result, RoomId, SpaceId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { rowsPerPiece } from './export-step.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let ben: TestPerson;
let space: SpaceId;
let general: RoomId;
let room: RoomId;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  ben = await test.addPerson('ben', { space, role: 'member' });
});
afterAll(() => test.close());
beforeEach(async () => {
  sends += 1;
  const made = await test.do(owner, 'room.create', { space, name: `room-${sends}`, visibility: 'private' });
  room = made.room.info.id;
  for (const { user } of [mia, ben]) await test.do(owner, 'room.invite', { room, user });
  for (const who of [owner, mia, ben]) {
    for (const { export: each } of (await test.do(who, 'export.list', {})).exports) {
      await test.do(who, 'export.remove', { export: each.id });
    }
  }
});

const say = (who: TestPerson, text: string, into = room) => {
  sends += 1;
  return test.do(who, 'message.post', { room: into, clientId: `send-${sends}` as ClientId, text });
};

/** All pieces of what is ready, by the name of their file. */
async function fetched(who: TestPerson, id: ExportId): Promise<Map<string, unknown>> {
  const pieces = new Map<string, unknown>();
  for (let part: number | null = 1; part !== null; ) {
    const piece: Result<'export.part'> = await test.do(who, 'export.part', { export: id, part });
    pieces.set(piece.name, piece.data);
    part = piece.next;
  }
  return pieces;
}

async function made(who: TestPerson, asked: Promise<{ export: Export }>): Promise<Map<string, unknown>> {
  const { id } = (await asked).export;
  await test.doDue();
  return fetched(who, id);
}
const account = (who: TestPerson) => made(who, test.do(who, 'account.export', {}));
const wholeRoom = (who: TestPerson) => made(who, test.do(who, 'room.export', { room }));

describe('one’s own data', () => {
  it('[G5] holds what one wrote, keeps and said of oneself', async () => {
    const { id } = await say(mia, 'what mia wrote');
    const other = await say(ben, 'what ben wrote');
    await test.do(mia, 'reaction.add', { message: other.id, emoji: '👍' });
    await test.do(mia, 'bookmark.add', { message: other.id, note: 'for later' });
    await test.do(mia, 'draft.save', { room, text: 'what mia began', at: 1 });
    await test.do(mia, 'account.set-settings', { theme: 'dark' });
    const { section } = await test.do(mia, 'section.create', { space, name: 'What mia likes' });
    await test.do(mia, 'section.place', { room, section: section.id, favourite: true });
    const poll = { options: ['Oak', 'Ash'] };
    const asked = await test.do(ben, 'poll.create', { room, clientId: 'a-poll' as ClientId, text: 'Which?', poll });
    await test.do(mia, 'poll.vote', { message: asked.id, choices: [1] });
    const pieces = [...(await account(mia))];
    const told = JSON.stringify(pieces);
    for (const said of ['what mia wrote', id, '👍', 'for later', 'what mia began', 'dark', 'Team', 'What mia likes']) {
      expect(told).toContain(said);
    }
    expect(told).toContain(JSON.stringify({ message: asked.id, option: 1 }));
    expect(told).toContain(JSON.stringify({ room, section: section.id, favourite: 1 }));
    expect(pieces.map(([name]) => name.split('-')[0])).toEqual(
      expect.arrayContaining(['account', 'rooms', 'messages']),
    );
  });

  it('[G5] holds nothing that others said or keep', async () => {
    await say(ben, 'canary in a room');
    const direct = (await test.do(ben, 'direct.open', { users: [mia.user] })).room.info.id;
    await say(ben, 'canary in a direct', direct);
    const { id } = await say(mia, 'mine', direct);
    await test.do(ben, 'bookmark.add', { message: id, note: 'canary in a note' });
    await test.do(ben, 'draft.save', { room: direct, text: 'canary in a draft', at: 1 });
    await test.do(ben, 'account.set-status', { text: 'canary in a status' });
    await test.do(ben, 'block.add', { user: owner.user });
    const told = JSON.stringify([...(await account(mia))]);
    expect(told).toContain('mine');
    expect(told).not.toContain('canary');
    await test.do(ben, 'block.remove', { user: owner.user });
  });

  it('holds what one wrote in a room that one has left, and nothing that was deleted', async () => {
    await say(mia, 'before I left');
    const gone = await say(mia, 'deleted by me');
    await test.do(mia, 'message.delete', { message: gone.id });
    await test.do(mia, 'room.leave', { room });
    const told = JSON.stringify([...(await account(mia))]);
    expect(told).toContain('before I left');
    expect(told).not.toContain('deleted by me');
  });

  it('comes in pieces, each message once', async () => {
    const count = rowsPerPiece * 2 + 5;
    for (let index = 0; index < count; index += 1) await say(ben, `number ${index}.`, general);
    const found = JSON.stringify([...(await account(ben))]).match(/number \d+\./g) ?? [];
    expect([found.length, new Set(found).size]).toEqual([count, count]);
  });
});

describe('a room', () => {
  it('holds everything that was said in it, with who said it', async () => {
    const { id } = await say(mia, 'a root');
    sends += 1;
    await test.do(ben, 'message.post', { room, clientId: `send-${sends}` as ClientId, text: 'a reply', thread: id });
    await test.do(ben, 'reaction.add', { message: id, emoji: '🎉' });
    const gone = await say(ben, 'canary that was deleted');
    await test.do(ben, 'message.delete', { message: gone.id });
    await say(ben, 'canary of another room', general);
    const pieces = await wholeRoom(owner);
    const told = JSON.stringify([...pieces]);
    for (const said of ['a root', 'a reply', '🎉', '"handle":"mia"']) expect(told).toContain(said);
    expect(told).not.toContain('canary');
    expect([...pieces.keys()]).toEqual(['room-000001.json', 'members-000002.json', 'messages-000003.json']);
  });

  it('[G6] is for admins who are in it, as long as they are', async () => {
    expect(await test.refusal(mia, 'room.export', { room })).toBe('forbidden');
    await test.do(owner, 'space.set-role', { space, user: mia.user, role: 'admin' });
    const { export: begun } = await test.do(mia, 'room.export', { room });
    await test.do(owner, 'room.remove-member', { room, user: mia.user });
    await test.doDue();
    const { exports } = await test.do(mia, 'export.list', {});
    expect(exports[0]?.export).toMatchObject({ id: begun.id, state: 'failed' });
    expect(await test.refusal(mia, 'export.part', { export: begun.id, part: 1 })).toBe('not-found');
    await test.do(owner, 'space.set-role', { space, user: mia.user, role: 'member' });
  });
});

describe('an export', () => {
  it('[G6] [G7] is told in the inbox, is there for a day, and nobody else’s to fetch', async () => {
    const { export: begun } = await test.do(mia, 'account.export', {});
    expect(await test.refusal(mia, 'export.part', { export: begun.id, part: 1 })).toBe('not-found');
    await test.doDue();
    const told = (await test.events(`inbox:${mia.user}`)).filter(({ event }) => event === 'inbox.export-changed');
    expect(told.slice(-2).map(({ data }) => (data as Export).state)).toEqual(['running', 'ready']);
    expect(await test.refusal(owner, 'export.part', { export: begun.id, part: 1 })).toBe('not-found');
    await test.do(owner, 'export.remove', { export: begun.id });
    expect(await test.refusal(mia, 'export.part', { export: begun.id, part: 1 })).toBeUndefined();
    test.nowMs += limits.exportLifetimeMs + 1;
    expect(await test.refusal(mia, 'export.part', { export: begun.id, part: 1 })).toBe('not-found');
    await test.doDue();
    expect((await test.do(mia, 'export.list', {})).exports).toEqual([]);
    expect((await test.events(`inbox:${mia.user}`)).at(-1)?.event).toBe('inbox.export-removed');
  });

  it('can be stopped, and leaves nothing behind', async () => {
    const { export: begun } = await test.do(mia, 'account.export', {});
    await test.do(mia, 'export.remove', { export: begun.id });
    await test.doDue();
    expect((await test.do(mia, 'export.list', {})).exports).toEqual([]);
    expect(JSON.stringify(await test.database.read('testing.everything', null))).not.toMatch(/account-0000/);
  });

  it('is one of few at a time', async () => {
    for (let count = 0; count < limits.exportsPerPerson; count += 1) await test.do(mia, 'account.export', {});
    expect(await test.refusal(mia, 'account.export', {})).toBe('limit-reached');
  });
});
