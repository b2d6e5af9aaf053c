import type { RoomId, WireError } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bounds } from '../bounds.ts';
import { deviceOf, linesOf, onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { FakeBrowser } from '../testing/fake-tabs.ts';
import { FakeTime, settled } from '../testing/fake-time.ts';
import { MemoryOutbox, type OutboxStore } from './outbox-store.ts';

function servers() {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  const room = server.addRoom('talk', ada, ben);
  return { server, ada, ben, room };
}

async function setUp() {
  const parts = servers();
  const device = await onlineDevice(parts.server, parts.ada);
  const timeline = device.confab.rooms.timeline(parts.room.info.id);
  timeline.open();
  await settled();
  return { ...parts, ...device, timeline };
}

const refused = (code: 'text-empty' | 'too-many-requests', more: Partial<WireError> = {}) => ({
  command: 'message.post',
  error: { ...toWireError(code), ...more },
});

const texts = (room: { messages(): { text: string }[] }) => room.messages().map(({ text }) => text);

describe('a send', () => {
  it('shows at once, and keeps its key until it is a message', async () => {
    const { timeline } = await setUp();
    const clientId = timeline.post('hello');
    expect(linesOf(timeline)).toEqual(['1 room.created', 'queued: hello']);
    expect(timeline.get().items[1]?.key).toBe(clientId);
    await settled();
    expect(timeline.get().items[1]).toMatchObject({
      kind: 'message',
      key: clientId,
      send: { status: 'delivered' },
      message: { text: 'hello' },
    });
  });

  it('is never shown twice or not at all on its way, however the frames arrive', async () => {
    const { timeline, server } = await setUp();
    const seen: string[] = [];
    timeline.subscribe(() => seen.push(linesOf(timeline).slice(1).join()));
    const [connection] = server.connections;
    if (connection === undefined) throw new Error('not connected');
    connection.held = true;
    timeline.post('hello');
    await settled();
    // The event arrives before the reply.
    expect(connection.frames).toHaveLength(2);
    connection.release();
    await settled();
    expect([...new Set(seen)]).toEqual(['queued: hello', 'sent: hello', 'delivered: hello', '2 hello']);
  });

  it('is stored before anything is sent', async () => {
    const { server, ada, room } = servers();
    const store = new MemoryOutbox();
    let stored = () => {};
    const slow: OutboxStore = {
      load: () => store.load(),
      put: async (send) => {
        await new Promise<void>((resolve) => {
          stored = resolve;
        });
        await store.put(send);
      },
      remove: (clientId) => store.remove(clientId),
      close: () => store.close(),
    };
    const { confab } = await onlineDevice(server, ada, { outbox: slow });
    confab.rooms.timeline(room.info.id).post('hello');
    await settled();
    expect(texts(room)).toEqual([]);
    stored();
    await settled();
    expect(texts(room)).toEqual(['hello']);
    expect(await store.load()).toEqual([]);
  });

  it('is made though the store fails: what only memory holds is better than nothing', async () => {
    const { server, ada, room } = servers();
    const broken: OutboxStore = {
      load: () => Promise.reject(new Error('no')),
      put: () => Promise.reject(new Error('no')),
      remove: () => Promise.reject(new Error('no')),
      close: () => Promise.resolve(),
    };
    const { confab } = await onlineDevice(server, ada, { outbox: broken });
    confab.rooms.timeline(room.info.id).post('hello');
    await settled();
    expect(texts(room)).toEqual(['hello']);
  });

  it('is taken by the time that anyone hears who is signed in', async () => {
    const { server, ada, room } = servers();
    const { confab } = deviceOf(server, ada);
    const timeline = confab.rooms.timeline(room.info.id);
    expect(() => timeline.post('too early')).toThrow('Sign in first.');
    let posted = false;
    confab.account.state.subscribe(() => {
      if (posted || confab.account.state.get().status !== 'signed-in') return;
      posted = true;
      timeline.post('at once');
    });
    confab.start();
    await settled();
    expect(texts(room)).toEqual(['at once']);
  });

  it('waits while there is no connection, and goes in order when there is one', async () => {
    const { server, room, timeline, confab, ports } = await setUp();
    server.reachable = false;
    server.cut();
    await settled();
    for (let count = 0; count < 40; count += 1) timeline.post(`text ${count}`);
    await ports.time.advance(60_000);
    expect(confab.outbox.get()).toEqual({ waiting: 40, failed: 0 });
    expect(timeline.get().items.at(-1)).toMatchObject({ kind: 'pending', send: { status: 'queued' } });
    server.reachable = true;
    await ports.time.advance(60_000);
    expect(texts(room)).toEqual(Array.from({ length: 40 }, (_, count) => `text ${count}`));
    expect(confab.outbox.get()).toEqual({ waiting: 0, failed: 0 });
    expect(timeline.get().items.every(({ kind }) => kind !== 'pending')).toBe(true);
  });

  it('[L2] is made once when its reply was lost', async () => {
    const { server, room, timeline, ports } = await setUp();
    for (const connection of server.connections) connection.mute = true;
    timeline.post('hello');
    await settled();
    expect(texts(room)).toEqual(['hello']);
    server.cut();
    await ports.time.advance(10_000);
    expect(server.asked.filter((name) => name === 'message.post').length).toBeGreaterThan(1);
    expect(texts(room)).toEqual(['hello']);
    expect(linesOf(timeline)).toEqual(['1 room.created', '2 hello']);
  });

  it('[C5] that is refused shows the reason, and the next ones go on', async () => {
    const { server, room, timeline, confab, outbox } = await setUp();
    server.refusals.push(refused('text-empty'));
    const clientId = timeline.post('first');
    timeline.post('second');
    await settled();
    expect(texts(room)).toEqual(['second']);
    expect(confab.outbox.get()).toEqual({ waiting: 0, failed: 1 });
    const failed = timeline.get().items.at(-1);
    expect(failed).toMatchObject({ clientId, send: { status: 'failed', error: { code: 'text-empty' } } });
    expect(await outbox.load()).toMatchObject([{ clientId, error: { code: 'text-empty' } }]);
    timeline.retry(clientId);
    await settled();
    expect(texts(room)).toEqual(['second', 'first']);
    expect(await outbox.load()).toEqual([]);
  });

  it('that failed can be discarded', async () => {
    const { server, timeline, confab, outbox } = await setUp();
    server.refusals.push(refused('text-empty'));
    timeline.discard(timeline.post('first'));
    server.refusals.length = 0;
    server.refusals.push(refused('text-empty'));
    const clientId = timeline.post('again');
    await settled();
    timeline.discard(clientId);
    await settled();
    expect(linesOf(timeline)).toEqual(['1 room.created']);
    expect(await outbox.load()).toEqual([]);
    expect(confab.outbox.get()).toEqual({ waiting: 0, failed: 0 });
  });

  it('waits as long as the server asks, and no later send overtakes it', async () => {
    const { server, room, timeline, ports } = await setUp();
    server.refusals.push(refused('too-many-requests', { retryAfterMs: 3_000 }));
    timeline.post('first');
    timeline.post('second');
    await ports.time.advance(2_999);
    expect(texts(room)).toEqual([]);
    expect(linesOf(timeline).slice(1)).toEqual(['queued: first', 'queued: second']);
    await ports.time.advance(601);
    expect(texts(room)).toEqual(['first', 'second']);
  });

  it('is refused on this device when too many wait', async () => {
    const { server, timeline, confab } = await setUp();
    server.reachable = false;
    server.cut();
    await settled();
    for (let count = 0; count <= bounds.queuedSends; count += 1) timeline.post('x');
    expect(confab.outbox.get()).toEqual({ waiting: bounds.queuedSends, failed: 1 });
    expect(timeline.get().items.at(-1)).toMatchObject({ send: { status: 'failed', error: { code: 'limit-reached' } } });
  });
});

describe('sends that survive', () => {
  it('are sent by the next run of the program', async () => {
    const { server, ada, room } = servers();
    const outbox = new MemoryOutbox();
    const first = await onlineDevice(server, ada, { outbox });
    server.reachable = false;
    server.cut();
    await settled();
    first.confab.rooms.timeline(room.info.id).post('one');
    first.confab.rooms.timeline(room.info.id).post('two');
    await settled();
    first.crash();
    server.reachable = true;
    const second = await onlineDevice(server, ada, { outbox, time: new FakeTime() });
    expect(texts(room)).toEqual(['one', 'two']);
    expect(second.confab.outbox.get()).toEqual({ waiting: 0, failed: 0 });
    expect(await outbox.load()).toEqual([]);
  });

  it('belong to who wrote them: nobody else sends or sees them', async () => {
    const { server, ada, ben, room } = servers();
    const outbox = new MemoryOutbox();
    const device = deviceOf(server, ada, { outbox });
    device.confab.start();
    await settled();
    server.refusals.push(refused('too-many-requests'));
    const timeline = device.confab.rooms.timeline(room.info.id);
    timeline.open();
    timeline.post('mine');
    await settled();
    await device.confab.account.signOut();
    expect(device.confab.outbox.get().waiting).toBe(0);
    await device.confab.account.signIn({ handle: 'ben', password: 'x' });
    await device.ports.time.advance(60_000);
    expect(device.confab.account.state.get()).toMatchObject({ status: 'signed-in', me: { id: ben } });
    expect(linesOf(timeline)).toEqual(['1 room.created']);
    expect(texts(room)).toEqual([]);
    expect(await outbox.load()).toHaveLength(1);
    await device.confab.account.signOut();
    await device.confab.account.signIn({ handle: 'ada', password: 'x' });
    await settled();
    expect(room.messages()).toMatchObject([{ author: ada, text: 'mine' }]);
  });

  it('[L2] are made once each and in order, whenever the program and the connection crash', async () => {
    const step = fc.constantFrom('post', 'cut', 'crash', 'mute', 'wait', 'off', 'on', 'tick');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const { server, ada, room } = servers();
        const outbox = new MemoryOutbox();
        const time = new FakeTime();
        let device = await onlineDevice(server, ada, { outbox, time });
        const posted: string[] = [];
        for (const name of [...steps, 'on'] as const) {
          const known = device.confab.account.state.get().status === 'signed-in';
          if (name === 'post') {
            // A program that started without a server does not know yet who it is.
            if (!known) continue;
            posted.push(`text ${posted.length}`);
            device.confab.rooms.timeline(room.info.id).post(posted.at(-1) ?? '');
          } else if (name === 'cut') server.cut();
          else if (name === 'mute') for (const connection of server.connections) connection.mute = true;
          else if (name === 'wait') await time.advance(2_000);
          else if (name === 'tick') await Promise.resolve();
          else if (name === 'off' || name === 'on') {
            server.reachable = name === 'on';
            server.cut();
          } else {
            await settled();
            device.crash();
            device = deviceOf(server, ada, { outbox, time: new FakeTime() });
            device.confab.start();
            await settled();
          }
        }
        await time.advance(120_000);
        await device.ports.time.advance(120_000);
        expect(texts(room)).toEqual(posted);
        expect(await outbox.load()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 180_000);
});

describe('several tabs', () => {
  async function tabs(count: number) {
    const { server, ada, room } = servers();
    const browser = new FakeBrowser();
    const outbox = new MemoryOutbox();
    const devices = [];
    for (let index = 0; index < count; index += 1) {
      const device = await onlineDevice(server, ada, { outbox, tabs: browser.tab(), time: new FakeTime() });
      const timeline = device.confab.rooms.timeline(room.info.id as RoomId);
      timeline.open();
      await settled();
      devices.push({ ...device, timeline });
    }
    const [first, second] = devices;
    if (first === undefined || second === undefined) throw new Error('two tabs at least');
    return { server, room, outbox, first, second };
  }

  it('send each message once, by one of them, and all show how far it is', async () => {
    const { server, room, first, second } = await tabs(2);
    second.timeline.post('from the second');
    await settled();
    first.timeline.post('from the first');
    await settled();
    expect(texts(room)).toEqual(['from the second', 'from the first']);
    expect(server.asked.filter((name) => name === 'message.post')).toHaveLength(2);
    expect(first.ports.sockets.last.sent.filter(({ command }) => command === 'message.post')).toHaveLength(2);
    expect(linesOf(first.timeline)).toEqual(linesOf(second.timeline));
    expect(second.confab.outbox.get()).toEqual({ waiting: 0, failed: 0 });
  });

  it('tell one another of a refusal, a retry and a discard', async () => {
    const { server, room, first, second } = await tabs(2);
    server.refusals.push(refused('text-empty'));
    const clientId = second.timeline.post('again');
    await settled();
    expect(first.confab.outbox.get().failed).toBe(1);
    expect(second.confab.outbox.get().failed).toBe(1);
    second.timeline.retry(clientId);
    await settled();
    expect(texts(room)).toEqual(['again']);
    server.refusals.push(refused('text-empty'));
    const other = first.timeline.post('gone');
    await settled();
    second.timeline.discard(other);
    await settled();
    expect(first.confab.outbox.get()).toEqual({ waiting: 0, failed: 0 });
    expect(linesOf(first.timeline)).toEqual(linesOf(second.timeline));
  });

  it('go on when the one that sent is closed', async () => {
    const { server, room, outbox, first, second } = await tabs(2);
    server.reachable = false;
    server.cut();
    await settled();
    first.timeline.post('one');
    await settled();
    second.timeline.post('two');
    await settled();
    await first.confab.stop();
    server.reachable = true;
    await second.ports.time.advance(60_000);
    expect(texts(room)).toEqual(['one', 'two']);
    expect(await outbox.load()).toEqual([]);
  });
});
