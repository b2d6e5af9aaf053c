import type { UserId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { onlineDevice } from './testing/device.ts';
import { FakeServer } from './testing/fake-server.ts';
import { settled } from './testing/fake-time.ts';

async function setUp() {
  const server = new FakeServer();
  const ada = server.addPerson('ada');
  const others = Array.from({ length: 260 }, (_, index) => server.addPerson(`p${index}`));
  const room = server.addRoom('talk', ada, ...others);
  const device = await onlineDevice(server, ada);
  const asked = (command: string) =>
    device.ports.sockets.all.flatMap(({ sent }) => sent).filter((frame) => frame.command === command);
  return { server, ada, others, room, asked, ...device };
}

const nothing = () => {};

describe('people', () => {
  it('are looked up in batches when someone looks at them', async () => {
    const { confab, others, asked } = await setUp();
    const stores = others.map((user) => confab.people.person(user));
    expect(stores[0]?.get()).toBeUndefined();
    for (const store of stores) store.subscribe(nothing);
    await settled();
    expect(stores.map((store) => store.get()?.name)).toEqual(others);
    expect(asked('person.look-up').map(({ params }) => (params as { users: UserId[] }).users.length)).toEqual([
      200, 60,
    ]);
    expect(confab.people.person(others[0] as UserId)).toBe(stores[0]);
  });

  it('that are known or unknown to the server are not asked for again', async () => {
    const { confab, others, asked } = await setUp();
    for (const user of [others[0] as UserId, 'nobody' as UserId]) confab.people.person(user).subscribe(nothing);
    await settled();
    for (const user of [others[0] as UserId, 'nobody' as UserId]) confab.people.person(user).subscribe(nothing);
    await settled();
    expect(asked('person.look-up')).toHaveLength(1);
  });

  it('change their names for everyone who looks', async () => {
    const { confab, server, others } = await setUp();
    const [user] = others as [UserId];
    const names: (string | undefined)[] = [];
    const store = confab.people.person(user);
    store.subscribe(() => names.push(store.get()?.name));
    await settled();
    const person = { id: user, handle: 'p0', name: 'New name', disabled: false };
    server.log('space:space-1')?.append('space.person-changed', user, { person });
    await settled();
    expect(names).toEqual(['p0', 'New name']);
  });

  it('keep their new names, whatever a room tells of how they were when they came', async () => {
    const { confab, server, others, room } = await setUp();
    const [user] = others as [UserId];
    const store = confab.people.person(user);
    store.subscribe(nothing);
    await settled();
    const person = { id: user, handle: 'p0', name: 'New name', disabled: false };
    server.log('space:space-1')?.append('space.person-changed', user, { person });
    const before = { ...person, name: 'Old name' };
    room.log.append('room.member-joined', user, { person: before, role: 'member' });
    await settled();
    expect(store.get()?.name).toBe('New name');
    const stranger = { ...person, id: 'stranger' as UserId, name: 'Stranger' };
    room.log.append('room.member-joined', user, { person: stranger, role: 'member' });
    await settled();
    expect(confab.people.known.get().get(stranger.id)?.name).toBe('Stranger');
  });

  it('keep their new names, whatever another log tells later of an earlier time', async () => {
    const { confab, ports, others } = await setUp();
    const [user] = others as [UserId];
    const tell = (log: string, seq: number, at: number, name: string) => {
      const person = { id: user, handle: 'p0', name, disabled: false };
      ports.sockets.last.push({ event: 'space.person-changed', log, epoch: 1, seq, at, by: user, data: { person } });
    };
    tell('space:space-1', 1, 2_000, 'New name');
    tell('space:space-1', 2, 1_000, 'Old name');
    await settled();
    expect(confab.people.known.get().get(user)?.name).toBe('New name');
  });
});

describe('presence', () => {
  it('[E4] is watched for those whom someone looks at, told once it is quiet', async () => {
    const { confab, others, asked, ports } = await setUp();
    const stops = others.slice(0, 3).map((user) => confab.people.presence(user).subscribe(nothing));
    await ports.time.advance(50);
    stops[0]?.();
    await ports.time.advance(50);
    expect(asked('presence.watch').map(({ params }) => (params as { users: UserId[] }).users)).toEqual([
      others.slice(0, 3),
      others.slice(1, 3),
    ]);
    expect(confab.people.presence(others[1] as UserId).get()?.state).toBe('online');
    expect(confab.people.presence(others[0] as UserId).get()).toBeUndefined();
  });

  it('is heard as it changes, and watched again on the next connection', async () => {
    const { confab, others, asked, ports, server } = await setUp();
    const [user] = others as [UserId];
    confab.people.presence(user).subscribe(nothing);
    await ports.time.advance(50);
    ports.sockets.last.push({ event: 'presence.changed', at: 1, data: { user, state: 'away', lastSeenAt: null } });
    expect(confab.people.presence(user).get()?.state).toBe('away');
    server.cut();
    await ports.time.advance(10_000);
    expect(asked('presence.watch')).toHaveLength(2);
    expect(confab.people.presence(user).get()?.state).toBe('online');
  });

  it('of oneself is told when it changes and on each connection while away', async () => {
    const { confab, asked, ports, server } = await setUp();
    confab.setAway(true);
    confab.setAway(true);
    server.cut();
    await ports.time.advance(10_000);
    confab.setAway(false);
    const states = asked('presence.set').map(({ params }) => (params as { state: string }).state);
    expect(states).toEqual(['away', 'away', 'online']);
  });

  it('of oneself is away for as long as one wants to be seen so, whatever one does', async () => {
    const { confab, asked } = await setUp();
    await confab.settings.set({ presence: 'away' });
    confab.setAway(true);
    confab.setAway(false);
    await confab.settings.set({ presence: 'auto' });
    const states = asked('presence.set').map(({ params }) => (params as { state: string }).state);
    expect(states).toEqual(['away', 'online']);
  });
});

describe('typing', () => {
  it('[E2] is told at most every three seconds, and once when it ends', async () => {
    const { confab, room, asked, ports } = await setUp();
    for (let stroke = 0; stroke < 40; stroke += 1) {
      confab.rooms.setTyping(room.info.id, true);
      await ports.time.advance(100);
    }
    confab.rooms.setTyping(room.info.id, false);
    confab.rooms.setTyping(room.info.id, false);
    const told = asked('typing.set').map(({ params }) => (params as { typing: boolean }).typing);
    expect(told).toEqual([true, true, false]);
  });

  it('[E2] of others lapses after six seconds, and ends with their message', async () => {
    const { confab, room, ports, ada, others } = await setUp();
    const [ben, cat] = others as [UserId, UserId];
    confab.rooms.timeline(room.info.id).open();
    await settled();
    const typing = confab.rooms.typing(room.info.id);
    const tell = (user: UserId, typing: boolean) =>
      ports.sockets.last.push({ event: 'typing.changed', log: room.log.id, at: 1, data: { user, typing } });
    for (const user of [ben, cat, ada]) tell(user, true);
    expect(typing.get()).toEqual([ben, cat]);
    room.post(ben, 'x', 'done');
    await settled();
    expect(typing.get()).toEqual([cat]);
    await ports.time.advance(5_999);
    expect(typing.get()).toEqual([cat]);
    await ports.time.advance(1);
    expect(typing.get()).toEqual([]);
    tell(cat, true);
    tell(cat, false);
    expect(typing.get()).toEqual([]);
  });
});
