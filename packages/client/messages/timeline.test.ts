import type { LoggedEvent, MessageId, UserId } from '@confab/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceOf, linesOf, onlineDevice } from '../testing/device.ts';
import type { FakeRoom } from '../testing/fake-room.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

async function setUp(posts = 0) {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  const room = server.addRoom('talk', ada, ben);
  for (let count = 1; count <= posts; count += 1) room.post(ben, `ben-${count}`, `text ${count}`);
  const device = await onlineDevice(server, ada);
  const timeline = device.confab.rooms.timeline(room.info.id);
  return { server, ada, ben, room, ...device, timeline };
}

/** What the whole timeline of a room should show. */
function expected(room: FakeRoom): string[] {
  const messages = room.messages().map(({ seq, text, editedAt, deletedAt }) => ({
    seq,
    line: deletedAt === null ? `${seq} ${text}${editedAt === null ? '' : ' (edited)'}` : `${seq} (deleted)`,
  }));
  const notices = room.notices().map(({ seq, event }) => ({ seq, line: `${seq} ${event}` }));
  return [...messages, ...notices].sort((a, b) => a.seq - b.seq).map(({ line }) => line);
}

describe('a timeline', () => {
  it('[L8] opens with the latest page and goes on with what happens', async () => {
    const { room, ben, timeline } = await setUp(3);
    expect(timeline.get().status).toBe('loading');
    timeline.open();
    await settled();
    expect(linesOf(timeline)).toEqual(['1 room.created', '2 text 1', '3 text 2', '4 text 3']);
    room.post(ben, 'x', 'more');
    room.edit(ben, room.messages()[0]?.id as MessageId, 'new');
    room.remove(ben, room.messages()[1]?.id as MessageId);
    room.log.append('room.topic-set', ben, { topic: 'weather' });
    await settled();
    expect(linesOf(timeline)).toEqual(expected(room));
    expect(linesOf(timeline)).toContain('2 new (edited)');
    expect(linesOf(timeline)).toContain('3 (deleted)');
  });

  it('opens at the first unread when it is far back, with the divider there', async () => {
    const { timeline, confab, room } = await setUp(200);
    expect(confab.rooms.room(room.info.id).get()?.unread).toBe(200);
    timeline.open();
    await settled();
    expect(timeline.get()).toMatchObject({ status: 'ready', readUpTo: 1, earlier: false, later: true });
    expect(linesOf(timeline)[1]).toBe('2 text 1');
  });

  it('waits, when it is opened before it is known who one is: then it is at the first unread, and takes a post', async () => {
    const { server, ada, room } = await setUp(200);
    const { confab } = deviceOf(server, ada);
    const timeline = confab.rooms.timeline(room.info.id);
    let posted = false;
    timeline.subscribe(() => {
      if (posted || timeline.get().status !== 'ready') return;
      posted = true;
      timeline.post('as soon as it is ready');
    });
    timeline.open();
    await settled();
    expect(timeline.get().status).toBe('loading');
    await expect(timeline.jumpTo(5)).rejects.toMatchObject({ code: 'unauthenticated' });
    confab.start();
    await settled();
    expect(timeline.get()).toMatchObject({ status: 'ready', readUpTo: 1 });
    expect(room.messages().at(-1)?.text).toBe('as soon as it is ready');
  });

  it('that waits for it opens around what it was asked for', async () => {
    const { server, ada, room } = await setUp(200);
    const { confab } = deviceOf(server, ada);
    const timeline = confab.rooms.timeline(room.info.id);
    timeline.open(100);
    confab.start();
    await settled();
    expect(linesOf(timeline)).toContain('100 text 99');
    expect(timeline.get().later).toBe(true);
  });

  it('has no divider when all was read', async () => {
    const { timeline, confab, room } = await setUp(3);
    confab.rooms.markRead(room.info.id);
    timeline.open();
    await settled();
    expect(timeline.get().readUpTo).toBeNull();
  });

  it('loads the whole past page by page, without a hole or a double', async () => {
    const { timeline, room, confab } = await setUp(200);
    confab.rooms.markRead(room.info.id);
    timeline.open();
    await settled();
    expect(timeline.get()).toMatchObject({ earlier: true, later: false });
    while (timeline.get().earlier) await timeline.loadEarlier();
    expect(linesOf(timeline)).toEqual(expected(room));
  });

  it('shows no event beyond a stretch that does not reach the end, and joins up when it does', async () => {
    const { timeline, room, ben } = await setUp(200);
    timeline.open();
    await settled();
    const before = linesOf(timeline);
    room.post(ben, 'x', 'far away');
    await settled();
    expect(linesOf(timeline)).toEqual(before);
    while (timeline.get().later) await timeline.loadLater();
    expect(linesOf(timeline)).toEqual(expected(room));
    room.post(ben, 'y', 'near');
    await settled();
    expect(linesOf(timeline)).toEqual(expected(room));
  });

  it('keeps items as they are when others change, so that they need not be drawn again', async () => {
    const { timeline, room, ben } = await setUp(3);
    timeline.open();
    await settled();
    const [first, second] = timeline.get().items;
    room.edit(ben, room.messages()[1]?.id as MessageId, 'new');
    await settled();
    expect(timeline.get().items[0]).toBe(first);
    expect(timeline.get().items[1]).toBe(second);
    expect(timeline.get().items[2]).not.toBe(undefined);
  });

  it('jumps to a message and back to the latest', async () => {
    const { timeline, room, confab } = await setUp(400);
    confab.rooms.markRead(room.info.id);
    timeline.open();
    await settled();
    await timeline.jumpTo(100);
    expect(linesOf(timeline)).toContain('100 text 99');
    expect(timeline.get().later).toBe(true);
    await timeline.jumpToLatest();
    expect(linesOf(timeline).at(-1)).toBe('401 text 400');
    expect(timeline.get().later).toBe(false);
  });

  it('shows at once what it had when it is opened again, and then what it missed', async () => {
    const { timeline, room, ben } = await setUp(3);
    const close = timeline.open();
    await settled();
    close();
    await settled();
    room.post(ben, 'x', 'while away');
    room.edit(ben, room.messages()[0]?.id as MessageId, 'new');
    await settled();
    expect(linesOf(timeline)).toHaveLength(4);
    timeline.open();
    expect(linesOf(timeline)).toHaveLength(4);
    await settled();
    expect(linesOf(timeline)).toEqual(expected(room));
  });

  it('misses nothing that happens between its page and its listening', async () => {
    const { timeline, room, ben, server } = await setUp(3);
    const [connection] = server.connections;
    if (connection === undefined) throw new Error('not connected');
    connection.held = true;
    timeline.open();
    await settled();
    for (let count = 0; count < 5; count += 1) {
      room.post(ben, `x${count}`, `meanwhile ${count}`);
      room.edit(ben, room.messages()[0]?.id as MessageId, `edit ${count}`);
      connection.deliver(1);
      await settled();
    }
    connection.release();
    await settled();
    expect(linesOf(timeline)).toEqual(expected(room));
  });

  it('loads when there is a connection, if there was none when it was opened', async () => {
    const { timeline, room, server, ports } = await setUp(3);
    server.reachable = false;
    server.cut();
    await settled();
    timeline.open();
    await settled();
    expect(timeline.get()).toMatchObject({ status: 'loading', error: null });
    server.reachable = true;
    await ports.time.advance(30_000);
    expect(linesOf(timeline)).toEqual(expected(room));
  });

  it('says why it cannot be shown when the room is not one’s to see', async () => {
    const { confab } = await setUp();
    const timeline = confab.rooms.timeline('room-none' as FakeRoom['info']['id']);
    timeline.open();
    await settled();
    expect(timeline.get()).toMatchObject({ status: 'failed', error: { code: 'not-found' } });
  });

  it('looks into a public room without being a member, live while it is open', async () => {
    const { server, ben, confab } = await setUp();
    const hall = server.addRoom('hall', ben);
    const timeline = confab.rooms.timeline(hall.info.id);
    const close = timeline.open();
    await settled();
    hall.post(ben, 'x', 'hello');
    await settled();
    expect(linesOf(timeline)).toEqual(expected(hall));
    expect(confab.rooms.room(hall.info.id).get()).toBeUndefined();
    expect(confab.rooms.list.get().map(({ info }) => info.name)).toEqual(['talk']);
    close();
    await settled();
    expect([...server.connections][0]?.levels.has(hall.log.id)).toBe(false);
  });

  it('shows an edit and a deletion at once when they were answered', async () => {
    const { timeline, room, ada } = await setUp();
    const { id } = room.post(ada, 'mine', 'tpyo');
    timeline.open();
    await settled();
    await timeline.edit(id, 'typo');
    expect(linesOf(timeline)).toEqual(['1 room.created', '2 typo (edited)']);
    await timeline.remove(id);
    expect(linesOf(timeline)).toEqual(['1 room.created', '2 (deleted)']);
    await expect(timeline.edit(id, 'again')).rejects.toMatchObject({ code: 'message-deleted' });
  });

  it('starts anew when the history was rewritten', async () => {
    const { timeline, room, server, ports, ben } = await setUp(5);
    timeline.open();
    await settled();
    server.cut();
    room.log.epoch = 2;
    room.log.events = room.log.events.slice(0, 2).map((event) => ({ ...event, epoch: 2 }) as LoggedEvent);
    room.post(ben, 'other', 'another past');
    await ports.time.advance(10_000);
    expect(linesOf(timeline)).toEqual(['1 room.created', '2 text 1', '3 another past']);
    room.post(ben, 'next', 'and on');
    await settled();
    expect(linesOf(timeline).at(-1)).toBe('4 and on');
  });
});

type Act = (parts: Awaited<ReturnType<typeof setUp>>, pick: number) => unknown;

const acts: Readonly<Record<string, Act>> = {
  post: ({ room, ben }, pick) => room.post(ben, `p${room.log.events.length}`, `post ${pick}`),
  burst: ({ room, ben }) => {
    for (let count = 0; count < 12; count += 1) room.post(ben, `p${room.log.events.length}`, 'burst');
  },
  edit: ({ room, ben }, pick) => {
    const message = room.messages()[pick % Math.max(1, room.messages().length)];
    if (message !== undefined && message.deletedAt === null) room.edit(ben, message.id, `edit ${pick}`);
  },
  remove: ({ room, ben }, pick) => {
    const message = room.messages()[pick % Math.max(1, room.messages().length)];
    if (message !== undefined) room.remove(ben, message.id);
  },
  notice: ({ room, ben }) => room.log.append('room.topic-set', ben, { topic: 'x' }),
  own: ({ timeline }, pick) => timeline.post(`own ${pick}`),
  hold: ({ server }) => {
    for (const connection of server.connections) connection.held = true;
  },
  deliver: ({ server }, pick) => {
    for (const connection of server.connections) connection.deliver(1 + (pick % 4));
  },
  release: ({ server }) => {
    for (const connection of server.connections) connection.release();
  },
  cut: ({ server }) => server.cut(),
  wait: ({ ports }) => ports.time.advance(500),
  earlier: ({ timeline }) => void timeline.loadEarlier().catch(() => {}),
  later: ({ timeline }) => void timeline.loadLater().catch(() => {}),
  jump: ({ timeline, room }, pick) => void timeline.jumpTo(pick % (room.log.events.length + 1)).catch(() => {}),
  reopen: ({ timeline }) => {
    const close = timeline.open();
    close();
  },
};

const script = fc.array(fc.tuple(fc.constantFrom(...Object.keys(acts)), fc.nat(500)), { maxLength: 60, size: 'max' });

async function perform(parts: Awaited<ReturnType<typeof setUp>>, steps: readonly (readonly [string, number])[]) {
  let close = parts.timeline.open();
  for (const [name, pick] of steps) {
    if (name === 'reopen') {
      close();
      await settled();
      close = parts.timeline.open();
    } else await acts[name]?.(parts, pick);
    await Promise.resolve();
  }
  for (const connection of parts.server.connections) connection.release();
  await parts.ports.time.advance(60_000);
}

describe('a timeline under any sequence of events, faults and scrolling', () => {
  it('[L7] shows in the end exactly what the server has', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.nat(90), async (steps, posts) => {
        const parts = await setUp(posts);
        parts.server.eventsPerAnswer = 7;
        await perform(parts, steps);
        while (parts.timeline.get().later) await parts.timeline.loadLater();
        while (parts.timeline.get().earlier) await parts.timeline.loadEarlier();
        expect(linesOf(parts.timeline)).toEqual(expected(parts.room));
        const keys = parts.timeline.get().items.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(parts.confab.outbox.get()).toEqual({ waiting: 0, failed: 0 });
        await parts.confab.stop();
      }),
      { numRuns: 150 },
    );
  }, 360_000);

  it('[L7] tells every event of an open room once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const parts = await setUp(5);
        parts.server.eventsPerAnswer = 7;
        const heard: number[] = [];
        parts.confab.onEvent(({ log, seq }) => log === parts.room.log.id && heard.push(seq));
        const stays = parts.timeline.open();
        await settled();
        await perform(parts, steps);
        const first = parts.room.log.events.length - heard.length + 1;
        expect(heard).toEqual(heard.map((_, index) => first + index));
        expect(heard.at(-1) ?? parts.room.log.events.length).toBe(parts.room.log.events.length);
        expect(first).toBe(7);
        stays();
        await parts.confab.stop();
      }),
      { numRuns: 100 },
    );
  }, 360_000);
});

describe('timelines and people', () => {
  it('shows nothing of one person to the next', async () => {
    const { server, ports, outbox } = await setUp(3);
    const ada = 'ada' as UserId;
    const device = deviceOf(server, ada, { time: ports.time, outbox });
    device.confab.start();
    await settled();
    const timeline = device.confab.rooms.timeline([...server.rooms.keys()][0] as FakeRoom['info']['id']);
    timeline.open();
    await settled();
    expect(timeline.get().items.length).toBeGreaterThan(0);
    await device.confab.account.signOut();
    expect(timeline.get().items).toEqual([]);
    expect(device.confab.rooms.list.get()).toEqual([]);
    expect(device.confab.people.known.get().size).toBe(0);
  });
});
