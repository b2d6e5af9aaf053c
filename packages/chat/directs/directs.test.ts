import { type ClientId, inboxLog, limits, type RoomId, roomLog, type SpaceId } from '@confab/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let mia: TestPerson;
let ben: TestPerson;
let gus: TestPerson;
let sam: TestPerson;
let space: SpaceId;
let general: RoomId;
let sends = 0;
beforeAll(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  gus = await test.addPerson('gus', { space, role: 'guest' });
  sam = await test.addPerson('sam');
});
afterAll(() => test.close());
beforeEach(async () => {
  sends += 1;
  mia = await test.addPerson(`mia${sends}`, { space, role: 'member' });
  ben = await test.addPerson(`ben${sends}`, { space, role: 'member' });
});

const open = async (who: TestPerson, ...others: TestPerson[]) =>
  (await test.do(who, 'direct.open', { users: others.map(({ user }) => user) })).room;
const idOf = async (who: TestPerson, ...others: TestPerson[]) => (await open(who, ...others)).info.id;
const post = (who: TestPerson, room: RoomId) => {
  sends += 1;
  return test.do(who, 'message.post', { room, clientId: `send-${sends}` as ClientId, text: 'hello' });
};
const show = async (who: TestPerson, room: RoomId) => (await test.do(who, 'room.show', { room })).room;
const isClosed = async (who: TestPerson, room: RoomId) => {
  const { membership, position } = await show(who, room);
  return membership?.closedCount !== undefined && position.count <= membership.closedCount;
};
const add = (who: TestPerson, room: RoomId, history: 'visible' | 'new', ...others: TestPerson[]) =>
  test.do(who, 'group.add', { room, history, users: others.map(({ user }) => user) });

describe('opening', () => {
  it('[K1] [K2] makes one place for two people, whoever opens it', async () => {
    const { info, memberCount } = await open(mia, ben);
    expect(info).toMatchObject({ kind: 'direct', space: null, visibility: 'private', name: '' });
    expect(info.people).toEqual([mia.user, ben.user].sort());
    expect(memberCount).toBe(2);
    expect(await idOf(ben, mia)).toBe(info.id);
    expect(await idOf(mia, ben, ben, mia)).toBe(info.id);
  });

  it('makes notes to oneself, and a group of more', async () => {
    const notes = await open(mia, mia);
    expect(notes.info).toMatchObject({ kind: 'direct', people: [mia.user] });
    const group = await open(mia, ben, owner);
    expect(group.info).toMatchObject({ kind: 'group', people: [mia.user, ben.user, owner.user].sort() });
    expect(await idOf(owner, mia, ben)).toBe(group.info.id);
  });

  it('makes one place when both open it at the same time', async () => {
    const [left, right] = await Promise.all([idOf(mia, ben), idOf(ben, mia)]);
    expect(left).toBe(right);
  });

  it('[K4] says who is in it once, as nobody arrives', async () => {
    const told = await test.effectsOf(() => open(mia, ben));
    const names = told.events.map((event) => JSON.parse(event.json).event);
    expect(names).toEqual(['room.created', 'inbox.room-added', 'inbox.room-added']);
  });

  it('shows with the other person once something is said', async () => {
    const room = await idOf(mia, ben);
    expect([await isClosed(mia, room), await isClosed(ben, room)]).toEqual([false, true]);
    await post(mia, room);
    expect(await isClosed(ben, room)).toBe(false);
  });

  it('[K2] is refused for somebody whom one cannot know', async () => {
    const open = (who: TestPerson, other: TestPerson) => test.refusal(who, 'direct.open', { users: [other.user] });
    expect([await open(mia, sam), await open(sam, mia), await open(gus, mia)]).toEqual(Array(3).fill('not-found'));
    expect(await open(mia, gus)).toBeUndefined();
  });

  it('is open to a guest with whom they share a room', async () => {
    const { room } = await test.do(mia, 'room.create', { space, name: `with-${mia.handle}`, visibility: 'private' });
    await test.do(mia, 'room.invite', { room: room.info.id, user: gus.user });
    expect((await open(gus, mia)).info.people).toContain(mia.user);
  });

  it('takes as many people as a group holds', async () => {
    const others = [];
    for (let count = 0; count < limits.peoplePerGroup; count += 1) {
      others.push(await test.addPerson(`p${sends}-${count}`, { space, role: 'member' }));
    }
    const most = others.slice(1);
    expect((await open(mia, ...most)).memberCount).toBe(limits.peoplePerGroup);
    const group = await idOf(mia, ...most.slice(1));
    const users = others.slice(0, 2).map(({ user }) => user);
    for (const history of ['visible', 'new'] as const) {
      expect(await test.refusal(mia, 'group.add', { room: group, users, history })).toBe('limit-reached');
    }
  });
});

describe('a place', () => {
  it('[K1] is nobody else’s to see, not even an owner’s', async () => {
    const room = await idOf(mia, ben);
    const { id } = await post(mia, room);
    for (const who of [owner, gus, sam]) {
      expect(await test.refusal(who, 'room.show', { room })).toBe('not-found');
      expect(await test.refusal(who, 'message.list', { room })).toBe('not-found');
      expect(await test.refusal(who, 'message.delete', { message: id })).toBe('not-found');
      const heads = await test.chat.mayListen(who.actor, [roomLog(room)]);
      expect(heads).toEqual([undefined]);
    }
    expect(await test.chat.mayListen(ben.actor, [roomLog(room)])).toMatchObject([{ count: 1 }]);
    const { rooms } = await test.do(owner, 'room.browse', { space });
    expect(rooms.map(({ info }) => info.id)).not.toContain(room);
  });

  it('stays when one leaves the space in which one met', async () => {
    const room = await idOf(mia, ben);
    await test.do(owner, 'space.remove-member', { space, user: ben.user });
    await post(ben, room);
    expect((await show(mia, room)).memberCount).toBe(2);
    expect((await test.do(ben, 'account.home', {})).people.map(({ id }) => id)).toContain(mia.user);
  });

  it('[K4] closes until a further post, and tells one’s other devices', async () => {
    const room = await idOf(mia, ben);
    await post(ben, room);
    await test.do(mia, 'direct.close', { room });
    expect([await isClosed(mia, room), await isClosed(ben, room)]).toEqual([true, false]);
    const told = (await test.events(inboxLog(mia.user))).at(-1);
    expect(told).toMatchObject({ event: 'inbox.membership-changed', data: { room, membership: { closedCount: 1 } } });
    await post(ben, room);
    expect(await isClosed(mia, room)).toBe(false);
    await test.do(mia, 'direct.close', { room });
    expect(await idOf(mia, ben)).toBe(room);
    expect(await isClosed(mia, room)).toBe(false);
  });
});

describe('a group', () => {
  it('[K3] takes more people in, who read what was said', async () => {
    const room = await idOf(mia, ben, owner);
    await post(mia, room);
    await add(mia, room, 'visible', gus, ben);
    expect((await show(gus, room)).info.people).toEqual([mia, ben, owner, gus].map(({ user }) => user).sort());
    expect((await test.do(gus, 'message.list', { room })).messages).toHaveLength(1);
    expect(await idOf(mia, gus, ben, owner)).toBe(room);
    expect(await idOf(mia, ben, owner)).not.toBe(room);
  });

  it('begins anew with more people when nobody is to read what was said', async () => {
    const room = await idOf(mia, ben, owner);
    await post(mia, room);
    const { room: next } = await add(mia, room, 'new', gus);
    expect(next).toMatchObject({ memberCount: 4, position: { count: 0 } });
    expect(await idOf(mia, gus, ben, owner)).toBe(next.info.id);
    expect((await show(mia, room)).memberCount).toBe(3);
  });

  it('comes of a direct only with a new beginning', async () => {
    const room = await idOf(mia, ben);
    const users = [gus.user];
    expect(await test.refusal(mia, 'group.add', { room, users, history: 'visible' })).toBe('not-in-this-room');
    expect((await add(mia, room, 'new', gus)).room.info.kind).toBe('group');
    expect(await test.refusal(mia, 'room.leave', { room })).toBe('not-in-this-room');
  });

  it('that one leaves is the place of those who stay', async () => {
    const room = await idOf(mia, ben, owner, gus);
    await test.do(gus, 'room.leave', { room });
    expect(await test.refusal(gus, 'room.show', { room })).toBe('not-found');
    expect(await idOf(mia, ben, owner)).toBe(room);
    expect(await idOf(mia, ben, owner, gus)).not.toBe(room);
  });

  it('[K3] is not the place of those who have one', async () => {
    const three = await idOf(mia, ben, owner);
    const four = await idOf(mia, ben, owner, gus);
    await test.do(gus, 'room.leave', { room: four });
    expect(await idOf(mia, ben, owner)).toBe(three);
    await add(mia, three, 'visible', gus);
    expect(await idOf(mia, ben, owner, gus)).toBe(three);
    expect((await show(mia, four)).info.people).toHaveLength(3);
  });

  it('has a name and a topic that anyone in it gives', async () => {
    const room = await idOf(mia, ben, owner);
    const other = await idOf(mia, ben, gus);
    for (const each of [room, other]) await test.do(ben, 'room.rename', { room: each, name: ' our  trip ' });
    await test.do(ben, 'room.set-topic', { room, topic: 'where to' });
    expect((await show(mia, room)).info).toMatchObject({ name: 'our trip', topic: 'where to' });
    await test.do(mia, 'room.rename', { room, name: '' });
    expect((await show(ben, room)).info.name).toBe('');
    expect(await test.refusal(owner, 'room.rename', { room: general, name: 'our trip' })).toBe('invalid-params');
  });

  it('of a channel there is none', async () => {
    await test.do(mia, 'direct.open', { users: [mia.user] });
    const users = [ben.user];
    for (const history of ['visible', 'new'] as const) {
      expect(await test.refusal(mia, 'group.add', { room: general, users, history })).toBe('not-in-this-room');
    }
    expect(await test.refusal(mia, 'direct.close', { room: general })).toBe('not-in-this-room');
  });
});
