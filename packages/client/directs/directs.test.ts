import type { RoomId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

async function setUp() {
  const server = new FakeServer();
  const [ada, ben, cat] = [server.addPerson('ada'), server.addPerson('ben'), server.addPerson('cat')];
  const device = await onlineDevice(server, ada);
  const { directs, rooms, blocks } = device.confab;
  const state = (room: RoomId) => rooms.room(room).get();
  return { server, ada, ben, cat, directs, rooms, blocks, state, ...device };
}

describe('directs', () => {
  it('are called by the people in them, once it is known who they are', async () => {
    const { ada, ben, cat, directs, rooms } = await setUp();
    const [direct, group, notes] = [
      await directs.open([ben]),
      await directs.open([ben, cat]),
      await directs.open([ada]),
    ];
    await settled();
    const titles = [direct, group, notes].map(({ info }) => rooms.titleOf(info.id));
    expect(titles).toEqual(['ben', 'ben, cat', 'Notes to yourself']);
  });

  it('that others open show with the first post', async () => {
    const { server, ada, ben, rooms } = await setUp();
    const { room } = server.run(ben, 'direct.open', { users: [ada] }) as { room: { info: { id: RoomId } } };
    await settled();
    expect(rooms.list.get()).toMatchObject([{ closed: true, unread: 0 }]);
    server.rooms.get(room.info.id)?.post(ben, 'x', 'hello');
    await settled();
    expect(rooms.list.get()).toMatchObject([{ closed: false, unread: 1 }]);
  });

  it('close read, on all devices, and come back with the next post', async () => {
    const { server, ada, ben, directs, state } = await setUp();
    const other = await onlineDevice(server, ada);
    const { info } = await directs.open([ben]);
    const room = server.rooms.get(info.id);
    room?.post(ben, 'x', 'hello');
    await settled();
    await directs.close(info.id);
    await settled();
    const elsewhere = () => other.confab.rooms.room(info.id).get();
    for (const shown of [state(info.id), elsewhere()]) expect(shown).toMatchObject({ closed: true, unread: 0 });
    room?.post(ben, 'y', 'are you there');
    await settled();
    for (const shown of [state(info.id), elsewhere()]) expect(shown).toMatchObject({ closed: false, unread: 1 });
    await directs.close(info.id);
    await directs.open([ben]);
    await settled();
    expect(state(info.id)).toMatchObject({ closed: false });
  });

  it('know who comes and goes', async () => {
    const { server, ben, cat, directs, state } = await setUp();
    const { info } = await directs.open([ben, cat]);
    const log = server.rooms.get(info.id)?.log;
    const dan = { id: server.addPerson('dan'), handle: 'dan', name: 'Dan', disabled: false };
    log?.append('room.member-joined', ben, { person: dan, role: 'member' });
    log?.append('room.member-left', cat, { user: cat, reason: 'left' });
    await settled();
    expect(state(info.id)?.info.people).toEqual(['ada', 'ben', 'dan']);
  });
});

describe('whom one blocks', () => {
  it('is known on all devices, and does not show as typing', async () => {
    const { server, ada, ben, cat, directs, rooms, blocks } = await setUp();
    const other = await onlineDevice(server, ada);
    const { info } = await directs.open([ben, cat]);
    rooms.timeline(info.id).open();
    await blocks.add(ben);
    await settled();
    for (const confab of [{ blocks }, other.confab]) expect([...confab.blocks.users.get()]).toEqual([ben]);
    for (const connection of server.connections) {
      for (const user of [ben, cat]) {
        const data = { user, typing: true };
        connection.push({ event: 'typing.changed', log: `room:${info.id}`, at: 0, data });
      }
    }
    await settled();
    expect(rooms.typing(info.id).get()).toEqual([cat]);
  });
});
