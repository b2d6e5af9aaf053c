import { describe, expect, it } from 'vitest';
import { deviceOf, linesOf, onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { FakeBrowser } from '../testing/fake-tabs.ts';
import { FakeTime, settled } from '../testing/fake-time.ts';
import { MemoryOutbox } from './outbox-store.ts';

async function setUp() {
  const server = new FakeServer();
  const ada = server.addPerson('ada');
  const room = server.addRoom('talk', ada);
  const time = new FakeTime();
  const outbox = new MemoryOutbox();
  const device = await onlineDevice(server, ada, { time, outbox });
  const timeline = device.confab.rooms.timeline(room.info.id);
  timeline.open();
  await device.confab.settings.set({ undoSendMs: 5_000 });
  await settled();
  return { server, ada, room, time, timeline, ...device };
}

const lines = (timeline: Parameters<typeof linesOf>[0]) => linesOf(timeline).slice(1);

describe('a send that can be taken back', () => {
  it('[W6] waits for as long as its person chose, and then goes by itself', async () => {
    const { timeline, time } = await setUp();
    timeline.post('hello');
    await time.advance(4_999);
    expect(lines(timeline)).toEqual(['held: hello']);
    expect(timeline.get().items[1]).toMatchObject({ send: { status: 'held', until: time.clock.now() + 1 } });
    await time.advance(1);
    await settled();
    expect(lines(timeline)).toEqual(['2 hello']);
  });

  it('is nowhere when it was taken back', async () => {
    const { timeline, time, outbox, room } = await setUp();
    timeline.discard(timeline.post('never mind'));
    expect(lines(timeline)).toEqual([]);
    await time.advance(60_000);
    expect(room.messages()).toEqual([]);
    expect(await outbox.load()).toEqual([]);
  });

  it('is not overtaken by one that is written later with a shorter wait', async () => {
    const { timeline, time, confab } = await setUp();
    timeline.post('first');
    await confab.settings.set({ undoSendMs: 0 });
    timeline.post('second');
    await settled();
    expect(lines(timeline)).toEqual(['held: first', 'held: second']);
    await time.advance(5_000);
    await settled();
    expect(lines(timeline)).toEqual(['2 first', '3 second']);
  });

  it('outlives a crash, and goes when its time has come', async () => {
    const { timeline, time, crash, server, ada, outbox, room } = await setUp();
    timeline.post('hello');
    await settled();
    crash();
    const again = deviceOf(server, ada, { time, outbox });
    again.confab.start();
    await settled();
    expect(room.messages()).toEqual([]);
    await time.advance(5_000);
    await settled();
    expect(room.messages().map(({ text }) => text)).toEqual(['hello']);
  });

  it('is handed over when the page is closed, once, and cannot be taken back any more', async () => {
    const { timeline, time, crash, server, ada, outbox, room, ports } = await setUp();
    timeline.post('first');
    timeline.post('second');
    await settled();
    for (const connection of server.connections) connection.held = true;
    ports.leave();
    await settled();
    crash();
    expect(room.messages().map(({ text }) => text)).toEqual(['first', 'second']);
    const again = deviceOf(server, ada, { time, outbox });
    again.confab.start();
    await settled();
    const timelineAgain = again.confab.rooms.timeline(room.info.id);
    timelineAgain.open();
    await settled();
    expect(lines(timelineAgain)).toEqual(['2 first', '3 second']);
    expect(await outbox.load()).toEqual([]);
  });

  it('cannot be taken back in another tab either, once the tab that wrote it is closed', async () => {
    const server = new FakeServer();
    const ada = server.addPerson('ada');
    const room = server.addRoom('talk', ada).info.id;
    const [time, tabs, outbox] = [new FakeTime(), new FakeBrowser(), new MemoryOutbox()];
    const open = async () => {
      const device = await onlineDevice(server, ada, { time, tabs: tabs.tab(), outbox });
      const timeline = device.confab.rooms.timeline(room);
      timeline.open();
      return { ...device, timeline };
    };
    const [here, there] = [await open(), await open()];
    await here.confab.settings.set({ undoSendMs: 5_000 });
    await settled();
    here.timeline.post('hello');
    await settled();
    expect(lines(there.timeline)).toEqual(['held: hello']);
    here.ports.leave();
    await settled();
    expect([lines(here.timeline), lines(there.timeline)]).toEqual([['2 hello'], ['2 hello']]);
  });

  it('is not counted among those that wait for a connection', async () => {
    const { timeline, confab } = await setUp();
    timeline.post('hello');
    expect(confab.outbox.get()).toEqual({ waiting: 0, failed: 0 });
  });
});
