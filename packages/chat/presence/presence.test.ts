import { type RoomId, roomLog, type SpaceId } from '@confab/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestChat, type TestChat, type TestPerson } from '../testing/index.ts';

let test: TestChat;
let owner: TestPerson;
let guest: TestPerson;
let stranger: TestPerson;
let space: SpaceId;
let general: RoomId;
beforeEach(async () => {
  test = await createTestChat();
  ({ owner, space, general } = await test.found());
  guest = await test.addPerson('gus', { space, role: 'guest' });
  stranger = await test.addPerson('sam');
});
afterEach(() => test.close());

/** A connection that remembers what it was told. */
function connection() {
  const told: unknown[] = [];
  return {
    id: 1,
    told,
    watch: (topics: readonly string[]) => void told.push(topics),
    setAway: (away: boolean) => void told.push(away),
  };
}

describe('presence', () => {
  it('[E4] is of people whom one knows', async () => {
    const users = [owner.user, guest.user, stranger.user];
    test.online.set(guest.user, 'away');
    test.chat.recordLastSeen(owner.user, 5);
    await test.settled();
    const shown = await test.do(owner, 'presence.show', { users });
    expect(shown.presences).toEqual([
      { user: owner.user, state: 'offline', lastSeenAt: 5 },
      { user: guest.user, state: 'away', lastSeenAt: null },
    ]);
    expect((await test.do(stranger, 'presence.show', { users })).presences).toHaveLength(1);
  });

  it('of the people of a space is not a guest’s to see, before they share a room', async () => {
    const users = [owner.user, guest.user];
    expect((await test.do(guest, 'presence.show', { users })).presences).toHaveLength(1);
    expect((await test.do(guest, 'person.look-up', { users })).people).toHaveLength(1);
    await test.do(owner, 'room.invite', { room: general, user: guest.user });
    expect((await test.do(guest, 'presence.show', { users })).presences).toHaveLength(2);
    expect((await test.do(guest, 'person.look-up', { users })).people).toHaveLength(2);
  });

  it('is watched on the connection that asks, for those whom one knows', async () => {
    const asking = connection();
    await test.do(owner, 'presence.watch', { users: [guest.user, stranger.user] }, asking);
    await test.do(owner, 'presence.set', { state: 'away' }, asking);
    expect(asking.told).toEqual([[`presence:${guest.user}`], true]);
  });

  it('was last at the latest time told', async () => {
    test.chat.recordLastSeen(owner.user, 9);
    test.chat.recordLastSeen(owner.user, 7);
    await test.settled();
    const { presences } = await test.do(owner, 'presence.show', { users: [owner.user] });
    expect(presences).toMatchObject([{ lastSeenAt: 9 }]);
  });

  it('takes five hundred people at once', async () => {
    const users = Array.from({ length: 500 }, (_, index) => [owner, guest, stranger][index % 3]?.user ?? owner.user);
    expect((await test.do(owner, 'presence.show', { users })).presences).toHaveLength(2);
  });
});

describe('typing', () => {
  it('[E1] is told to those who listen live, and not stored', async () => {
    const before = await test.events(roomLog(general));
    const told = await test.effectsOf(() => test.do(owner, 'typing.set', { room: general, typing: true }));
    expect(told.events).toEqual([]);
    expect(told.ephemerals).toMatchObject([
      { topic: roomLog(general), key: `typing:${owner.user}`, except: [owner.user] },
    ]);
    expect(JSON.parse(told.ephemerals[0]?.json ?? '')).toEqual({
      event: 'typing.changed',
      log: roomLog(general),
      at: test.nowMs,
      data: { user: owner.user, typing: true },
    });
    expect(await test.events(roomLog(general))).toEqual(before);
  });
});
