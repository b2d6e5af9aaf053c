import type { LoggedEvent, RoomView, SpaceId, UserId } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import { describe, expect, it } from 'vitest';
import { linesOf, onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

async function setUp() {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  const room = server.addRoom('talk', ada, ben);
  const device = await onlineDevice(server, ada);
  const { rooms } = device.confab;
  const state = () => rooms.room(room.info.id).get();
  const markReads = () => server.asked.filter((name) => name === 'room.mark-read').length;
  return { server, ada, ben, room, rooms, state, markReads, ...device };
}

describe('the room list', () => {
  it('[L12] counts what is unread from heads alone', async () => {
    const { room, ben, state, server } = await setUp();
    for (let count = 0; count < 3; count += 1) room.post(ben, `x${count}`, 'text');
    room.log.append('room.topic-set', ben, { topic: 'weather' });
    await settled();
    expect(state()).toMatchObject({ unread: 3, info: { topic: 'weather' }, position: { seq: 5, count: 3 } });
    expect(server.asked).not.toContain('log.read');
    room.edit(ben, room.messages()[0]?.id ?? ('' as never), 'new');
    await settled();
    expect(state()).toMatchObject({ unread: 3, position: { seq: 6, count: 3 } });
  });

  it.each(['passive', 'live'])('[L5] follows what a room looks like while it is %s', async (level) => {
    const { room, rooms, ben, state } = await setUp();
    if (level === 'live') rooms.timeline(room.info.id).open();
    await settled();
    const person = { id: 'cat' as UserId, handle: 'cat', name: 'Cat', disabled: false };
    room.log.append('room.renamed', ben, { name: 'chat' });
    room.log.append('room.topic-set', ben, { topic: 'weather' });
    room.log.append('room.member-joined', ben, { person, role: 'member' });
    room.log.append('room.archived', ben, {});
    await settled();
    expect(state()).toMatchObject({ memberCount: 3, info: { name: 'chat', topic: 'weather', archivedAt: 1_005 } });
    room.log.append('room.unarchived', ben, {});
    room.log.append('room.member-left', ben, { user: person.id, reason: 'left' });
    await settled();
    expect(state()).toMatchObject({ memberCount: 2, info: { archivedAt: null } });
  });

  it('[L6] reads a room afresh after it missed more than an answer holds', async () => {
    const { room, ben, state, server, ports } = await setUp();
    server.eventsPerAnswer = 3;
    server.cut();
    await settled();
    for (let count = 0; count < 10; count += 1) room.log.append('room.topic-set', ben, { topic: `topic ${count}` });
    room.info.topic = 'topic 9';
    await ports.time.advance(10_000);
    expect(state()).toMatchObject({ info: { topic: 'topic 9' }, position: { seq: 11 } });
    expect(server.asked).toContain('room.show');
  });

  it('sorts by name, with archived rooms last', async () => {
    const { server, ada, ben, rooms } = await setUp();
    for (const name of ['Zoo', 'art', 'b10', 'b9']) {
      const added = server.addRoom(name, ben);
      added.members.set(ada, { readSeq: 0, readCount: 0 });
      server.log('inbox:ada')?.append('inbox.room-added', ben, { room: added.view(ada) });
    }
    await settled();
    server.rooms.get('room-art' as never)?.log.append('room.archived', ben, {});
    await settled();
    expect(rooms.list.get().map(({ info }) => info.name)).toEqual(['b9', 'b10', 'talk', 'Zoo', 'art']);
  });

  it('follows a room from the moment one is added, and forgets it when one is removed', async () => {
    const { server, ada, ben, rooms } = await setUp();
    const hall = server.addRoom('hall', ben);
    const view: RoomView = hall.view(ben);
    hall.members.set(ada, { readSeq: 1, readCount: 0 });
    const added = { ...view, membership: hall.membership(ada) };
    hall.post(ben, 'x', 'before it is heard of');
    server.log('inbox:ada')?.append('inbox.room-added', ben, { room: added });
    await settled();
    expect(rooms.room(hall.info.id).get()).toMatchObject({ unread: 1 });
    server.log('inbox:ada')?.append('inbox.room-removed', ben, { room: hall.info.id, reason: 'removed' });
    await settled();
    expect(rooms.room(hall.info.id).get()).toBeUndefined();
    expect([...server.connections][0]?.levels.has(hall.log.id)).toBe(false);
  });

  it('[L10] shows nothing more of a private room that was taken away while it was open', async () => {
    const { server, ada, ben } = await setUp();
    const vault = server.addRoom('vault', ada, ben);
    vault.info.visibility = 'private';
    vault.post(ben, 'x', 'secret');
    const device = await onlineDevice(server, ada);
    const timeline = device.confab.rooms.timeline(vault.info.id);
    timeline.open();
    await settled();
    expect(linesOf(timeline)).toHaveLength(2);
    vault.members.delete(ada);
    server.rooms.delete(vault.info.id);
    for (const connection of server.connections) {
      connection.levels.delete(vault.log.id);
      connection.push({ event: 'log.closed', data: { log: vault.log.id, reason: 'forbidden' } });
    }
    server.log('inbox:ada')?.append('inbox.room-removed', ben, { room: vault.info.id, reason: 'removed' });
    await settled();
    expect(timeline.get()).toMatchObject({ status: 'failed', items: [], error: { code: 'not-found' } });
  });

  it('forgets a space with all its rooms', async () => {
    const { server, ada, ben, rooms, confab } = await setUp();
    server.log('inbox:ada')?.append('inbox.space-removed', ben, { space: 'space-1' as SpaceId });
    await settled();
    expect(confab.spaces.list.get()).toEqual([]);
    expect(rooms.list.get()).toEqual([]);
    expect(ada).toBe('ada');
  });

  it('stops following a space whose guest one has become, and follows it again after', async () => {
    const { server, ada, ben, confab } = await setUp();
    const levels = [...server.connections][0]?.levels;
    const set = (role: 'guest' | 'member') =>
      server.log('inbox:ada')?.append('inbox.role-set', ben, { space: 'space-1' as SpaceId, role });
    set('guest');
    await settled();
    expect(levels?.has('space:space-1')).toBe(false);
    set('member');
    await settled();
    expect(levels?.get('space:space-1')).toBe('live');
    server.log('space:space-1')?.append('space.renamed', ben, { name: 'Club' });
    await settled();
    expect(confab.spaces.list.get()[0]).toMatchObject({ name: 'Club', role: 'member' });
    expect(ada).toBe('ada');
  });
});

describe('the read position', () => {
  it('shows at once and is told at most once a second, ending with the last', async () => {
    const { rooms, room, ben, state, markReads, ports } = await setUp();
    rooms.timeline(room.info.id).open();
    for (let count = 0; count < 10; count += 1) {
      room.post(ben, `x${count}`, 'text');
      await settled();
      rooms.markRead(room.info.id);
      expect(state()?.unread).toBe(0);
    }
    await settled();
    expect(markReads()).toBe(1);
    await ports.time.advance(1_000);
    expect(markReads()).toBe(2);
    expect(room.members.get('ada' as UserId)).toEqual({ readSeq: 11, readCount: 10 });
    await ports.time.advance(10_000);
    expect(markReads()).toBe(2);
  });

  it('is told at once when the room is left', async () => {
    const { rooms, room, ben, markReads } = await setUp();
    const close = rooms.timeline(room.info.id).open();
    for (const id of ['a', 'b']) {
      room.post(ben, id, 'text');
      await settled();
      rooms.markRead(room.info.id);
    }
    await settled();
    expect(markReads()).toBe(1);
    close();
    await settled();
    expect(markReads()).toBe(2);
  });

  it('is told again while the server refuses for now, and not again once it refuses for good', async () => {
    const { rooms, room, ben, server, ports, markReads } = await setUp();
    const command = 'room.mark-read';
    const busy = { command, error: toWireError('too-many-requests', { retryAfterMs: 500 }) };
    server.refusals.push(busy, busy);
    room.post(ben, 'a', 'text');
    await settled();
    rooms.markRead(room.info.id);
    await ports.time.advance(2_000);
    expect(markReads()).toBe(3);
    expect(room.members.get('ada' as UserId)).toMatchObject({ readCount: 1 });

    // The answer may come when nothing waits any more.
    server.refusals.push(busy);
    const [connection] = server.connections;
    room.post(ben, 'late', 'text');
    await settled();
    if (connection) connection.held = true;
    rooms.markRead(room.info.id);
    await ports.time.advance(3_000);
    connection?.release();
    await ports.time.advance(1_000);
    expect(markReads()).toBe(5);
    expect(room.members.get('ada' as UserId)).toMatchObject({ readCount: 2 });

    server.refusals.push({ command, error: toWireError('forbidden') });
    room.post(ben, 'b', 'text');
    await settled();
    rooms.markRead(room.info.id);
    await ports.time.advance(10_000);
    expect(markReads()).toBe(6);
  });

  it('never moves back', async () => {
    const { rooms, room, ben, state, markReads } = await setUp();
    room.post(ben, 'a', 'text');
    room.post(ben, 'b', 'text');
    await settled();
    rooms.markRead(room.info.id);
    await settled();
    rooms.markRead(room.info.id, 2);
    await settled();
    expect(state()).toMatchObject({ unread: 0, membership: { readSeq: 3 } });
    expect(markReads()).toBe(1);
  });

  it('[L14] moves back by hand, on all devices, and stays there until one does something in the room anew', async () => {
    const { rooms, room, ben, ada, server, state, ports, markReads } = await setUp();
    const other = await onlineDevice(server, ada);
    const there = () => other.confab.rooms.room(room.info.id).get();
    for (const id of ['a', 'b']) room.post(ben, id, 'text');
    const close = rooms.timeline(room.info.id).open();
    await settled();
    rooms.markRead(room.info.id);
    await settled();
    await rooms.markUnread(room.info.id, 3);
    await settled();
    expect([state()?.unread, there()?.unread]).toEqual([1, 1]);
    expect(rooms.timeline(room.info.id).get().readUpTo).toBe(2);
    const marked = markReads();
    rooms.markRead(room.info.id);
    other.confab.rooms.markRead(room.info.id);
    await settled();
    expect([state()?.unread, there()?.unread, markReads()]).toEqual([1, 1, marked]);
    close();
    rooms.timeline(room.info.id).open();
    rooms.markRead(room.info.id);
    await ports.time.advance(1_000);
    expect([state()?.unread, there()?.unread]).toEqual([0, 0]);
  });

  it('says what mentions one and what of the room one is told of', async () => {
    const { rooms, room, ben, server, state } = await setUp();
    const post = (clientId: string, text: string) =>
      server.run(ben, 'message.post', { room: room.info.id, clientId, text });
    post('a', '@ada');
    post('b', '@room');
    await settled();
    expect(state()).toMatchObject({ unread: 2, mentions: 2, membership: { mentions: [2, 3] } });
    await rooms.setNotifications(room.info.id, 'none', 5);
    await settled();
    expect(state()?.membership).toMatchObject({ notify: 'none', mutedUntil: 5, mentions: [2, 3] });
    rooms.markRead(room.info.id);
    expect(state()).toMatchObject({ unread: 0, mentions: 0 });
    server.log('inbox:ada')?.append('inbox.block-added', ben, { user: ben });
    await settled();
    post('c', '@room');
    await settled();
    expect(state()).toMatchObject({ unread: 1, mentions: 0 });
  });

  it('can stand in the middle, with the right count', async () => {
    const { rooms, room, ben, state } = await setUp();
    for (let count = 0; count < 5; count += 1) room.post(ben, `x${count}`, 'text');
    rooms.timeline(room.info.id).open();
    await settled();
    rooms.markRead(room.info.id, 3);
    expect(state()).toMatchObject({ unread: 3, membership: { readSeq: 3, readCount: 2 } });
    await settled();
    expect(state()).toMatchObject({ unread: 3 });
  });

  it('waits for a connection and is told then', async () => {
    const { rooms, room, ben, server, ports } = await setUp();
    room.post(ben, 'a', 'text');
    await settled();
    server.cut();
    await settled();
    rooms.markRead(room.info.id);
    await ports.time.advance(10_000);
    expect(room.members.get('ada' as UserId)).toEqual({ readSeq: 2, readCount: 1 });
  });

  it('follows one’s other devices', async () => {
    const { room, ben, state, server, ada } = await setUp();
    const other = await onlineDevice(server, ada);
    room.post(ben, 'a', 'text');
    await settled();
    expect(state()?.unread).toBe(1);
    other.confab.rooms.markRead(room.info.id);
    await settled();
    expect(state()?.unread).toBe(0);
  });

  it('moves with a post though its room was left before it was stored', async () => {
    const { rooms, room, state } = await setUp();
    const timeline = rooms.timeline(room.info.id);
    const close = timeline.open();
    await settled();
    timeline.post('mine');
    close();
    await settled();
    expect(state()).toMatchObject({ unread: 0, position: { seq: 2, count: 1 }, membership: { readSeq: 2 } });
  });

  it('moves with one’s own posts', async () => {
    const { rooms, room, ben, state } = await setUp();
    const timeline = rooms.timeline(room.info.id);
    timeline.open();
    room.post(ben, 'a', 'text');
    await settled();
    timeline.post('mine');
    await settled();
    expect(state()).toMatchObject({ unread: 0, membership: { readSeq: 3, readCount: 2 } });
  });
});

describe('events', () => {
  it('are told to whoever listens, until they stop', async () => {
    const { confab, room, ben } = await setUp();
    const heard: LoggedEvent['event'][] = [];
    const stop = confab.onEvent(({ event }) => heard.push(event));
    confab.rooms.timeline(room.info.id).open();
    await settled();
    room.post(ben, 'a', 'text');
    await settled();
    stop();
    room.post(ben, 'b', 'text');
    await settled();
    expect(heard).toEqual(['message.posted']);
  });
});
