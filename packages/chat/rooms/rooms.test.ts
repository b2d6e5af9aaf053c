import { inboxLog, type LogId, type RoomId, roomLog, type SpaceId, spaceLog } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let member: TestPerson;
let guest: TestPerson;
let space: SpaceId;
let general: RoomId;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  member = await test.addPerson('mia', { space, role: 'member' });
  guest = await test.addPerson('gus', { space, role: 'guest' });
});
afterEach(() => test.close());

const create = async (who: TestPerson, name: string, visibility: 'public' | 'private'): Promise<RoomId> =>
  (await test.do(who, 'room.create', { space, name, visibility })).room.info.id;
const namesOf = async (log: LogId) => (await test.events(log)).map((event) => event.event);

describe('making a room', () => {
  it('joins it and, when it is public, tells the space', async () => {
    const told = await test.effectsOf(() => create(member, 'open', 'public'));
    const names = told.events.map((event) => JSON.parse(event.json).event);
    expect(names).toEqual(['room.created', 'space.room-changed', 'room.member-joined', 'inbox.room-added']);
  });

  it('says nothing of a private one to the space', async () => {
    const before = await test.events(spaceLog(space));
    const room = await create(member, 'inside', 'private');
    await test.do(member, 'room.rename', { room, name: 'within' });
    await test.do(member, 'room.set-topic', { room, topic: 'a secret' });
    await test.do(member, 'room.archive', { room });
    expect(await test.events(spaceLog(space))).toEqual(before);
    expect((await test.do(owner, 'room.browse', { space })).rooms.map((view) => view.info.name)).toEqual(['general']);
  });

  it('refuses the name of a public room, however it is written', async () => {
    await create(member, 'Größe', 'public');
    const again = { space, name: 'GRÖSSE'.replace('SS', 'ß'), visibility: 'public' } as const;
    expect(await test.refusal(owner, 'room.create', again)).toBe('room-name-taken');
    const room = await create(owner, 'other', 'public');
    expect(await test.refusal(owner, 'room.rename', { room, name: 'größe' })).toBe('room-name-taken');
    expect(await test.refusal(owner, 'room.rename', { room, name: 'Other' })).toBe(undefined);
  });

  it('[X3] tells nobody by its name that a private room exists', async () => {
    await create(member, 'inside', 'private');
    expect(await test.refusal(owner, 'room.create', { space, name: 'inside', visibility: 'public' })).toBe(undefined);
  });
});

describe('joining and leaving', () => {
  it('a public room twice changes nothing', async () => {
    const room = await create(owner, 'open', 'public');
    const first = await test.do(member, 'room.join', { room });
    const told = await test.effectsOf(() => test.do(member, 'room.join', { room }));
    expect(first.room).toMatchObject({ memberCount: 2, membership: { readSeq: 3, readCount: 0 } });
    expect(told.events).toEqual([]);
  });

  it('leaves nothing unread of what was said before', async () => {
    const room = await create(owner, 'open', 'public');
    await test.do(owner, 'message.post', { room, clientId: 'a' as never, text: 'early' });
    const { position, membership } = (await test.do(member, 'room.join', { room })).room;
    expect(position.count - (membership?.readCount ?? 0)).toBe(0);
  });

  it('[L10] ends what one hears of the room', async () => {
    const room = await create(member, 'inside', 'private');
    const told = await test.effectsOf(() => test.do(member, 'room.leave', { room }));
    expect(told.revocations).toMatchObject([{ kind: 'log', user: member.user, log: roomLog(room) }]);
    expect(await test.refusal(member, 'room.show', { room })).toBe('not-found');
    expect((await namesOf(inboxLog(member.user))).at(-1)).toBe('inbox.room-removed');
  });

  it('is not for guests, to whom public rooms do not exist', async () => {
    expect(await test.refusal(guest, 'room.join', { room: general })).toBe('not-found');
    await test.do(owner, 'room.invite', { room: general, user: guest.user });
    expect((await test.do(guest, 'account.home', {})).rooms.map((room) => room.info.id)).toEqual([general]);
    expect((await test.do(guest, 'account.home', {})).people.map((person) => person.handle)).toEqual([
      'owner',
      'mia',
      'gus',
    ]);
  });
});

describe('adding and removing people', () => {
  it('adds those of the space, once', async () => {
    const room = await create(member, 'inside', 'private');
    const stranger = await test.addPerson('sam');
    expect(await test.refusal(member, 'room.invite', { room, user: stranger.user })).toBe('not-found');
    await test.do(member, 'room.invite', { room, user: owner.user });
    const told = await test.effectsOf(() => test.do(member, 'room.invite', { room, user: owner.user }));
    expect(told.events).toEqual([]);
    const { members } = await test.do(owner, 'room.members', { room });
    expect(members.map((row) => [row.person.handle, row.role])).toEqual([
      ['owner', 'owner'],
      ['mia', 'member'],
    ]);
  });

  it('removes by admin or creator, and says so', async () => {
    const room = await create(member, 'open', 'public');
    await test.do(owner, 'room.join', { room });
    expect(await test.refusal(member, 'room.remove-member', { room, user: guest.user })).toBe('not-found');
    await test.do(member, 'room.remove-member', { room, user: owner.user });
    const last = (await test.events(roomLog(room))).at(-1);
    expect(last).toMatchObject({ event: 'room.member-left', data: { user: owner.user, reason: 'removed' } });
  });
});

describe('a room’s looks', () => {
  it('change once and are told to the room and the space', async () => {
    const told = await test.effectsOf(async () => {
      await test.do(owner, 'room.rename', { room: general, name: 'all' });
      await test.do(owner, 'room.rename', { room: general, name: 'all' });
      await test.do(member, 'room.set-topic', { room: general, topic: ' what\nmatters ' });
      await test.do(member, 'room.set-topic', { room: general, topic: 'what matters' });
    });
    expect(told.events.map((event) => JSON.parse(event.json).event)).toEqual([
      'room.renamed',
      'space.room-changed',
      'room.topic-set',
      'space.room-changed',
    ]);
    const { info } = (await test.do(owner, 'room.show', { room: general })).room;
    expect(info).toMatchObject({ name: 'all', topic: 'what matters' });
  });

  it('freeze when it is archived, until it is brought back', async () => {
    const room = await create(member, 'open', 'public');
    const { id } = await test.do(member, 'message.post', { room, clientId: 'a' as never, text: 'early' });
    await test.do(member, 'room.archive', { room });
    await test.do(member, 'room.archive', { room });
    const refusals = [
      await test.refusal(member, 'message.post', { room, clientId: 'b' as never, text: 'late' }),
      await test.refusal(member, 'message.edit', { message: id, text: 'late' }),
      await test.refusal(member, 'typing.set', { room, typing: true }),
      await test.refusal(member, 'room.rename', { room, name: 'late' }),
      await test.refusal(member, 'room.set-topic', { room, topic: 'late' }),
      await test.refusal(member, 'room.invite', { room, user: owner.user }),
      await test.refusal(owner, 'room.join', { room }),
    ];
    expect(new Set(refusals)).toEqual(new Set(['room-archived']));
    expect((await test.do(member, 'message.list', { room })).messages).toHaveLength(1);
    expect((await test.do(owner, 'room.browse', { space })).rooms.map((view) => view.info.name)).toEqual(['general']);
    expect((await test.do(owner, 'room.browse', { space, archived: true })).rooms).toHaveLength(1);
    await test.do(member, 'room.unarchive', { room });
    await test.do(member, 'room.unarchive', { room });
    expect(await test.refusal(owner, 'room.join', { room })).toBe(undefined);
    const changes = (await namesOf(roomLog(room))).filter((name) => name.includes('archived'));
    expect(changes).toEqual(['room.archived', 'room.unarchived']);
  });

  it('still answer a repeated send after it was archived', async () => {
    const send = { room: general, clientId: 'a' as never, text: 'once' };
    const first = await test.do(member, 'message.post', send);
    await test.do(owner, 'room.archive', { room: general });
    expect(await test.do(member, 'message.post', send)).toEqual(first);
  });
});

describe('reading', () => {
  const post = async (who: TestPerson, text: string) =>
    (await test.do(who, 'message.post', { room: general, clientId: text as never, text })).seq;
  const read = (who: TestPerson, seq: number) => test.do(who, 'room.mark-read', { room: general, seq });

  it('moves forward, at most to the head, and never back', async () => {
    const first = await post(owner, 'one');
    const second = await post(owner, 'two');
    expect(await read(member, first)).toMatchObject({ readSeq: first, readCount: 1, rewinds: 0, atSeq: second });
    expect(await read(member, 1_000_000)).toMatchObject({ readSeq: second, readCount: 2 });
    expect(await read(member, first)).toMatchObject({ readSeq: second, readCount: 2 });
    expect((await namesOf(inboxLog(member.user))).filter((name) => name === 'inbox.read')).toHaveLength(2);
  });

  it('[L12] is done with by writing, and unread is a difference of counts', async () => {
    await post(owner, 'one');
    await post(owner, 'two');
    const unread = async () => {
      const { position, membership } = (await test.do(member, 'room.show', { room: general })).room;
      return position.count - (membership?.readCount ?? 0);
    };
    expect(await unread()).toBe(2);
    await post(member, 'three');
    expect(await unread()).toBe(0);
  });

  it('tells the other devices of an own post when it is marked', async () => {
    const seq = await post(member, 'mine');
    const told = await test.effectsOf(() => read(member, seq));
    expect(told.events.map((event) => JSON.parse(event.json))).toMatchObject([
      { event: 'inbox.read', log: inboxLog(member.user), data: { room: general, readSeq: seq, readCount: 1 } },
    ]);
    const theirs = await post(owner, 'theirs');
    await read(member, theirs);
    expect((await test.effectsOf(() => read(member, theirs))).events).toEqual([]);
  });
});
