import type { ClientId, Params, RoomId, SpaceId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReachedRoom } from '../access.ts';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';
import { namedIn } from './named-in.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let gus: TestPerson;
let space: SpaceId;
let general: RoomId;
let inside: RoomId;
let sends = 0;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  mia = await test.addPerson('mia', { space, role: 'member' });
  gus = await test.addPerson('gus', { space, role: 'guest' });
  inside = (await test.do(owner, 'room.create', { space, name: 'inside', visibility: 'private' })).room.info.id;
});
afterEach(() => test.close());

const say = (text: string, more: Partial<Params<'message.post'>> = {}, who = owner) => {
  sends += 1;
  return test.do(who, 'message.post', { room: general, clientId: `send-${sends}` as ClientId, text, ...more });
};
const shown = async (posted: Promise<{ id: Params<'message.show'>['message'] }>, who = owner) =>
  (await test.do(who, 'message.show', { message: (await posted).id })).message;
const unread = async (who: TestPerson, room = general) =>
  (await test.do(who, 'room.show', { room })).room.membership?.mentions;
const unreadInThreads = async (who: TestPerson) =>
  (await test.do(who, 'room.show', { room: general })).room.membership?.threadMentions;
const told = async (who: TestPerson) =>
  (await test.events(inboxLog(who.user)))
    .filter(({ event }) => event.startsWith('inbox.mention'))
    .map(({ event, data }) => [event, (data as { seq: number }).seq]);
const listed = async (who: TestPerson) => (await test.do(who, 'mention.list', {})).messages.map(({ text }) => text);

describe('mentions', () => {
  it('[N1] are read out of the text: once each, not in code, not in addresses', async () => {
    expect(await shown(say('hi @mia, and @MIA. Not ada@gus.org `@owner` or\n```\n@owner\n```'))).toMatchObject({
      mentions: [mia.user],
    });
    expect(await shown(say('@nobody-here'))).not.toHaveProperty('mentions');
  });

  it('[N5] are unread until one has read up to them, and told in the inbox', async () => {
    const { seq } = await say('@mia');
    expect(await unread(mia)).toEqual([seq]);
    expect(await told(mia)).toEqual([['inbox.mentioned', seq]]);
    await test.do(mia, 'room.mark-read', { room: general, seq });
    expect(await unread(mia)).toEqual([]);
    await test.do(mia, 'room.mark-unread', { room: general, seq });
    expect(await unread(mia)).toEqual([seq]);
  });

  it('[N5] in a thread stay unread when the room is read, and go when the thread is', async () => {
    const root = (await say('question')).id;
    const first = await say('@mia', { thread: root });
    const second = await say('@mia, again', { thread: root });
    await test.do(mia, 'thread.unfollow', { message: root });
    const inThread = [
      { seq: first.seq, thread: root, index: 1 },
      { seq: second.seq, thread: root, index: 2 },
    ];
    expect([await unread(mia), await unreadInThreads(mia)]).toEqual([[], inThread]);
    await test.do(mia, 'room.mark-read', { room: general, seq: second.seq });
    expect(await unreadInThreads(mia)).toEqual(inThread);
    await test.do(mia, 'thread.mark-read', { message: root, index: 1 });
    expect(await unreadInThreads(mia)).toEqual(inThread.slice(1));
    expect((await test.events(inboxLog(mia.user))).at(-1)).toMatchObject({
      event: 'inbox.membership-changed',
      data: { membership: { threadMentions: inThread.slice(1) } },
    });
    await say('done', { thread: root }, mia);
    expect(await unreadInThreads(mia)).toBeUndefined();
  });

  it('[N5] in a thread and in the room at once are the room’s', async () => {
    const root = (await say('question')).id;
    const { seq } = await say('@mia', { thread: root, alsoInRoom: true });
    expect([await unread(mia), await unreadInThreads(mia)]).toEqual([[seq], undefined]);
  });

  it('[N5] in a thread are nothing to those who are not in the room, and to whom leaves it', async () => {
    const root = (await say('question')).id;
    await say('@mia', { thread: root });
    await test.do(mia, 'room.leave', { room: general });
    await say('@mia', { thread: root });
    await test.do(mia, 'room.join', { room: general });
    expect(await unreadInThreads(mia)).toBeUndefined();
  });

  it('of oneself tell nobody', async () => {
    expect(await shown(say('@owner, remember'))).toMatchObject({ mentions: [owner.user] });
    expect([await told(owner), await unread(owner)]).toEqual([[], []]);
  });

  it('[N2] reach those who may see the room without being in it; who may not is named to the sender alone', async () => {
    await test.do(mia, 'room.leave', { room: general });
    expect(await say('@mia @gus @stranger')).toMatchObject({ unreachable: ['gus'] });
    expect(await listed(mia)).toEqual(['@mia @gus @stranger']);
    const answer = await say('@mia @gus', { room: inside });
    expect([...(answer.unreachable ?? [])].sort()).toEqual(['gus', 'mia']);
    expect([await told(gus), await listed(gus)]).toEqual([[], []]);
  });

  it('[N3] follow an edit: new ones are told, those that went are taken back', async () => {
    const { id, seq } = await say('@mia');
    await test.do(owner, 'room.invite', { room: general, user: gus.user });
    const { message } = await test.do(owner, 'message.edit', { message: id, text: 'no, @gus' });
    expect(message.mentions).toEqual([gus.user]);
    expect([await unread(mia), await listed(mia)]).toEqual([[], []]);
    expect(await told(mia)).toEqual([
      ['inbox.mentioned', seq],
      ['inbox.mention-removed', seq],
    ]);
    expect(await told(gus)).toEqual([['inbox.mentioned', seq]]);
    await test.do(owner, 'message.edit', { message: id, text: 'nobody' });
    expect(await test.do(owner, 'message.show', { message: id })).not.toHaveProperty('message.mentions');
    expect(await listed(gus)).toEqual([]);
  });

  it('stay after an edit that leaves only everyone called', async () => {
    const { id, seq } = await say('@mia @room');
    await test.do(owner, 'message.edit', { message: id, text: 'no' });
    expect([await unread(mia), await listed(mia)]).toEqual([[seq], ['no']]);
    expect(await told(mia)).toEqual([['inbox.mentioned', seq]]);
  });

  it('go with the message', async () => {
    const { id } = await say('@mia @room');
    expect(await unread(mia)).toHaveLength(1);
    await test.do(owner, 'message.delete', { message: id });
    expect([await unread(mia), await listed(mia)]).toEqual([[], []]);
    expect(await test.database.read<string>('testing.everything', null)).not.toContain('mentionsAll');
  });

  it('[N4] of everyone are told to those who listen passively, and are everybody’s but the author’s', async () => {
    const { events } = await test.effectsOf(() => say('@room: look'));
    expect(events.find(({ log }) => log === `room:${general}`)?.notice).toBe(true);
    expect((await test.effectsOf(() => say('look'))).events[0]?.notice).toBe(false);
    expect([(await unread(mia))?.length, (await unread(owner))?.length]).toEqual([1, 0]);
    expect([await listed(mia), await listed(owner)]).toEqual([['@room: look'], []]);
    expect(await shown(say('@here and @all'))).toMatchObject({ mentionsAll: 'room' });
  });

  it('[N4] of those who are here reach who is online in the room when it is said, and nobody later', async () => {
    await test.do(owner, 'room.invite', { room: general, user: gus.user });
    test.online.set(mia.user, 'online').set(owner.user, 'online').set(gus.user, 'away');
    const { events } = await test.effectsOf(() => say('@here: look'));
    expect(events.find(({ log }) => log === `room:${general}`)?.notice).toBe(false);
    test.online.set(gus.user, 'online');
    expect([await listed(mia), await listed(gus), await listed(owner)]).toEqual([['@here: look'], [], []]);
    expect([(await unread(mia))?.length, (await unread(gus))?.length]).toEqual([1, 0]);
  });

  it('[N4] of those who are here stay after an edit, and go with the message', async () => {
    test.online.set(mia.user, 'online');
    const { id } = await say('@here');
    await test.do(owner, 'message.edit', { message: id, text: 'no' });
    expect(await unread(mia)).toHaveLength(1);
    await test.do(owner, 'message.delete', { message: id });
    expect([await unread(mia), await listed(mia)]).toEqual([[], []]);
  });

  it('[N4] of those who are here reach who is online when a scheduled message comes', async () => {
    const dueAt = test.nowMs + 60_000;
    await test.do(owner, 'scheduled.create', { room: general, clientId: 'later' as ClientId, text: '@here', dueAt });
    test.online.set(mia.user, 'online');
    test.nowMs = dueAt;
    await test.doDue();
    expect(await listed(mia)).toEqual(['@here']);
  });

  it('of everyone stand in no line of their own', async () => {
    await say('@room');
    const { messages, notices } = await test.do(mia, 'message.list', { room: general });
    expect(messages.map(({ text }) => text)).toEqual(['@room']);
    expect(notices.map(({ event }) => event)).not.toContain('message.posted');
  });

  it('by someone whom one blocked are not told', async () => {
    await test.do(mia, 'block.add', { user: owner.user });
    await say('@mia @room');
    expect([await told(mia), await unread(mia), await listed(mia)]).toEqual([[], [], []]);
  });

  it('are listed newest first, in pages', async () => {
    for (const text of ['@mia 1', '@room 2', '@mia 3']) await say(text);
    const first = await test.do(mia, 'mention.list', { limit: 2 });
    expect([first.messages.map(({ text }) => text), first.more]).toEqual([['@mia 3', '@room 2'], true]);
    expect(first.people.map(({ id }) => id)).toEqual([owner.user]);
    const before = first.messages[1]?.id;
    const second = await test.do(mia, 'mention.list', { limit: 2, ...(before ? { before } : {}) });
    expect([second.messages.map(({ text }) => text), second.more]).toEqual([['@mia 1'], false]);
  });

  it('cost a message without an @ no question to the database', () => {
    const room = { id: general, space } as ReachedRoom;
    expect(namedIn(room, 'hello').next().done).toBe(true);
    expect(namedIn(room, 'hello @mia').next().done).toBe(false);
  });
});

describe('a mentioned group of people', () => {
  const group = (people: TestPerson[], handle = 'crew') =>
    test.do(owner, 'people-group.create', { space, handle, name: 'The crew', people: people.map(({ user }) => user) });

  it('[N6] tells everyone in it who may see the room', async () => {
    const made = await group([owner, mia, gus]);
    const posted = say('@crew: dinner');
    expect(await shown(posted)).toMatchObject({ mentionedGroups: [made.group.id] });
    expect([await listed(mia), await listed(gus), await listed(owner)]).toEqual([['@crew: dinner'], [], []]);
  });

  it('tells somebody named twice once', async () => {
    await group([mia]);
    const { seq } = await say('@crew @mia');
    expect(await told(mia)).toEqual([['inbox.mentioned', seq]]);
  });
});
