import type { RoomId, SpaceId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { ConfabError } from '../confab-error.ts';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';
import { base64Of } from './base64-of.ts';

const space = 'space-1' as SpaceId;
const room = 'room-talk' as RoomId;
/** What the fake server calls it is what was sent. */
const [dot, cat] = [new Blob(['dot']), new Blob(['cat'])];

async function setUp() {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  server.addRoom('talk', ada, ben);
  const own = await onlineDevice(server, ada);
  const others = await onlineDevice(server, ben);
  const me = () => {
    const state = own.confab.account.state.get();
    return state.status === 'signed-in' ? state.me.picture : null;
  };
  const ofRoom = () => others.confab.rooms.room(room).get()?.info.picture;
  const ofSpace = () => others.confab.spaces.list.get()[0]?.picture;
  return { server, ada, ben, own, others, me, ofRoom, ofSpace };
}

describe('a picture', () => {
  it('of one’s own is sent over HTTP, shows at once, and goes when it is taken away', async () => {
    const { own, me, server } = await setUp();
    await own.confab.account.setPicture(dot);
    expect(me()).toBe(btoa('dot'));
    const framed = own.ports.sockets.all.flatMap(({ sent }) => sent).map(({ command }) => command);
    expect(framed).not.toContain('account.set-picture');
    await own.confab.account.setPicture(null);
    expect([me(), server.asked.includes('account.remove-picture')]).toEqual([undefined, true]);
  });

  it('of a person is seen by others when their space tells of it', async () => {
    const { server, ada, others } = await setUp();
    const store = others.confab.people.person(ada);
    store.subscribe(() => {});
    await settled();
    const person = { id: ada, handle: 'ada', name: 'ada', disabled: false };
    const tell = (picture?: string) =>
      server.log(`space:${space}`)?.append('space.person-changed', ada, {
        person: picture === undefined ? person : { ...person, picture },
      });
    tell('one');
    await settled();
    expect(store.get()?.picture).toBe('one');
    tell();
    await settled();
    expect(store.get()).not.toHaveProperty('picture');
  });

  it('of a room or space is seen by others while they look', async () => {
    const { own, ofRoom, ofSpace } = await setUp();
    await own.confab.rooms.setPicture(room, dot);
    await own.confab.spaces.setPicture(space, cat);
    await settled();
    expect([ofRoom(), ofSpace()]).toEqual([btoa('dot'), btoa('cat')]);
    await own.confab.rooms.setPicture(room, null);
    await own.confab.spaces.setPicture(space, null);
    await settled();
    expect([ofRoom(), ofSpace()]).toEqual([undefined, undefined]);
  });

  it('that was set while one was away is there when one is back', async () => {
    const { server, ben, others, ofRoom, ofSpace } = await setUp();
    server.reachable = false;
    server.cut();
    server.run(ben, 'room.set-picture', { room, file: 'one' });
    server.run(ben, 'space.set-picture', { space, file: 'two' });
    expect([ofRoom(), ofSpace()]).toEqual([undefined, undefined]);
    server.reachable = true;
    await others.ports.time.advance(60_000);
    expect([ofRoom(), ofSpace()]).toEqual(['one', 'two']);
  });

  it('that cannot be sent is said so, and nothing changes', async () => {
    const { server, own, me } = await setUp();
    server.reachable = false;
    server.cut();
    await expect(own.confab.account.setPicture(dot)).rejects.toBeInstanceOf(ConfabError);
    await expect(own.confab.rooms.setPicture(room, dot)).rejects.toBeInstanceOf(ConfabError);
    expect(me()).toBeUndefined();
  });
});

it('a file is written as base64 whatever its length', async () => {
  for (const length of [0, 1, 2, 8_191, 8_192, 8_193, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
    expect(await base64Of(new Blob([bytes]))).toBe(Buffer.from(bytes).toString('base64'));
  }
});
