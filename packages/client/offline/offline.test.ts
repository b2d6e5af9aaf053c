import type { File, Home, RoomId, TimelinePage, UserId } from '@confab/protocol';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { bounds, times } from '../bounds.ts';
import { deviceOf, linesOf, onlineDevice } from '../testing/device.ts';
import type { FakeRoom } from '../testing/fake-room.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';
import { MemoryShelf } from '../testing/memory-shelf.ts';
import { IndexedDbShelf } from './indexed-db-shelf.ts';

let server: FakeServer;
let ada: UserId;
let room: FakeRoom;
let shelf: MemoryShelf;
const given = () => ({ shelf: () => shelf });
beforeEach(() => {
  server = new FakeServer();
  ada = server.addPerson('ada');
  room = server.addRoom('talk', ada);
  room.post(ada, 'a', 'hello', {});
  shelf = new MemoryShelf();
});

/** Looks into the room until it is kept. */
async function look() {
  const device = await onlineDevice(server, ada, given());
  device.confab.rooms.timeline(room.info.id).open();
  await settled();
  await device.ports.time.advance(times.shelfEveryMs);
  await settled();
  return device;
}

async function startOffline(token: UserId = ada) {
  server.reachable = false;
  const device = deviceOf(server, token, given());
  device.confab.start();
  await settled();
  return device;
}

describe('without a connection', () => {
  it('one finds the rooms that one looked at as they were, and goes on from there', async () => {
    (await look()).crash();
    const { confab, ports } = await startOffline();
    expect(confab.account.state.get().status).toBe('signed-in');
    expect(confab.rooms.list.get().map(({ info }) => info.name)).toEqual(['talk']);
    const timeline = confab.rooms.timeline(room.info.id);
    timeline.open();
    await settled();
    expect(linesOf(timeline).at(-1)).toMatch(/hello$/);
    room.post(ada, 'b', 'while you were away', {});
    server.reachable = true;
    ports.wake();
    await ports.time.advance(times.longestWaitMs);
    await settled();
    expect(linesOf(timeline).slice(-2)).toEqual([
      expect.stringMatching(/hello$/),
      expect.stringMatching(/while you were away$/),
    ]);
  });

  it('one sees which files a message has', async () => {
    const file = { id: 'file-1', name: 'plan.pdf', type: 'application/pdf', kind: 'pdf', size: 9 } as File;
    room.post(ada, 'b', '', { files: [file] });
    (await look()).crash();
    const timeline = (await startOffline()).confab.rooms.timeline(room.info.id);
    timeline.open();
    await settled();
    expect(timeline.get().items.at(-1)).toMatchObject({ message: { text: '', files: [file] } });
  });

  it('nothing is there for whoever was never here', async () => {
    const { confab } = await startOffline();
    expect(confab.account.state.get().status).toBe('unreachable');
  });

  it('nothing is left after signing out, and nothing of one person is kept for the next', async () => {
    const { confab } = await look();
    expect(shelf.pages.size).toBe(1);
    await confab.account.signOut();
    await settled();
    expect([shelf.kept, shelf.pages.size]).toEqual([null, 0]);
    await look();
    const ben = server.addPerson('ben');
    await onlineDevice(server, ben, given());
    expect([shelf.kept?.me.id, shelf.pages.size]).toEqual([ben, 0]);
  });
});

describe('what a browser keeps', () => {
  const home = (id: string) => ({ me: { id } }) as Home;
  const page = (text: string) => ({ messages: [{ text }] }) as unknown as TimelinePage;
  const user = 'ada' as UserId;

  it('is bounded: rooms looked at longest ago go', async () => {
    const kept = new IndexedDbShelf(new IDBFactory(), 'test');
    await kept.keepHome(home('ada'));
    for (let index = 0; index <= bounds.shelfRooms; index += 1)
      await kept.keepPage(user, `r${index}` as RoomId, page('x'));
    expect(await kept.page(user, 'r0' as RoomId)).toBeNull();
    expect(await kept.page(user, 'r1' as RoomId)).toEqual(page('x'));
    await kept.keepPage(user, 'big' as RoomId, page('x'.repeat(bounds.shelfPageChars)));
    expect(await kept.page(user, 'big' as RoomId)).toBeNull();
  });

  it('is of one person, and gone once cleared', async () => {
    const kept = new IndexedDbShelf(new IDBFactory(), 'test');
    const room = 'r' as RoomId;
    await kept.keepHome(home('ada'));
    await kept.keepPage(user, room, page('secret'));
    await kept.keepPage('ben' as UserId, room, page('of somebody else'));
    expect(await kept.page(user, room)).toEqual(page('secret'));
    expect(await kept.page('ben' as UserId, room)).toBeNull();
    await kept.keepHome(home('ben'));
    expect(await kept.page('ben' as UserId, room)).toBeNull();
    await kept.clear();
    expect(await kept.home()).toBeNull();
    await kept.keepPage('ben' as UserId, room, page('late'));
    expect(await kept.page('ben' as UserId, room)).toBeNull();
  });
});
