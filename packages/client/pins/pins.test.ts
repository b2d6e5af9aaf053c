import type { MessageId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

async function setUp() {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  const room = server.addRoom('talk', ada, ben);
  const ids = ['one', 'two'].map((text) => room.post(ben, text, text).id) as [MessageId, MessageId];
  const device = await onlineDevice(server, ada);
  const { pins, rooms } = device.confab;
  const texts = () =>
    pins
      .of(room.info.id)
      .get()
      ?.map(({ text }) => text);
  return { server, ada, ben, room, ids, pins, rooms, texts, ...device };
}

describe('the pins of a room', () => {
  it('[J1] are listed when someone looks, and follow what is pinned, edited, unpinned and deleted', async () => {
    const { pins, room, ids, texts, rooms, ben } = await setUp();
    await pins.pin(ids[0]);
    expect(texts()).toBeUndefined();
    rooms.timeline(room.info.id).open();
    pins.of(room.info.id).subscribe(() => {});
    await settled();
    expect(texts()).toEqual(['one']);
    await pins.pin(ids[1]);
    room.edit(ben, ids[0], 'new one');
    await settled();
    expect(texts()?.sort()).toEqual(['new one', 'two']);
    await pins.unpin(ids[1]);
    await settled();
    expect(texts()).toEqual(['new one']);
    room.remove(ben, ids[0]);
    await settled();
    expect(texts()).toEqual([]);
  });

  it('stand with the messages of the timeline', async () => {
    const { pins, room, ids, rooms, ada } = await setUp();
    const timeline = rooms.timeline(room.info.id);
    timeline.open();
    await settled();
    await pins.pin(ids[1]);
    await settled();
    const pinned = timeline.get().items.flatMap((item) => (item.kind === 'message' ? [item.message.pinned?.by] : []));
    expect(pinned).toEqual([undefined, ada]);
  });

  it('are listed anew after a connection was lost', async () => {
    const { pins, server, room, ids, texts, ports, ben } = await setUp();
    pins.of(room.info.id).subscribe(() => {});
    await settled();
    expect(texts()).toEqual([]);
    server.cut();
    await settled();
    room.log.append('message.pinned', ben, { message: ids[0] });
    await ports.time.advance(10_000);
    expect(texts()).toEqual(['one']);
  });
});
