import type { Message, MessageId } from '@confab/protocol';
import { toWireError } from '@confab/protocol/errors.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Timeline } from '../api.ts';
import { onlineDevice } from '../testing/device.ts';
import { FakeServer } from '../testing/fake-server.ts';
import { settled } from '../testing/fake-time.ts';

const heart = '❤️';

async function setUp() {
  const server = new FakeServer();
  const [ada, ben] = [server.addPerson('ada'), server.addPerson('ben')];
  const room = server.addRoom('talk', ada, ben);
  const { id } = room.post(ben, 'first', 'hello');
  const device = await onlineDevice(server, ada);
  const timeline = device.confab.rooms.timeline(room.info.id);
  timeline.open();
  await settled();
  const [connection] = server.connections;
  if (connection === undefined) throw new Error('not connected');
  return { server, ada, ben, room, id, connection, ...device, timeline };
}

function shown(timeline: Timeline, id: MessageId): Message | undefined {
  const item = timeline.get().items.find((each) => each.kind === 'message' && each.message.id === id);
  return item?.kind === 'message' ? item.message : undefined;
}

describe('one’s own reaction', () => {
  it('[A3] shows at once, and is counted once when the log tells of it', async () => {
    const { timeline, id, connection, room, ada } = await setUp();
    connection.held = true;
    const told = timeline.react(id, heart, true);
    const mine = [{ emoji: heart, count: 1, users: [ada], mine: true }];
    expect(shown(timeline, id)?.reactions).toEqual(mine);
    await settled();
    expect(shown(timeline, id)?.reactions).toEqual(mine);
    connection.release();
    await told;
    await settled();
    expect(shown(timeline, id)?.reactions).toEqual(mine);
    expect(room.message(id).reactions).toMatchObject([{ emoji: heart, count: 1 }]);
  });

  it('is taken back at once, beside those of others', async () => {
    const { timeline, id, room, ada, ben } = await setUp();
    room.react(ben, id, heart, true);
    await timeline.react(id, heart, true);
    await settled();
    expect(shown(timeline, id)?.reactions).toEqual([{ emoji: heart, count: 2, users: [ben, ada], mine: true }]);
    const told = timeline.react(id, heart, false);
    expect(shown(timeline, id)?.reactions).toEqual([{ emoji: heart, count: 1, users: [ben] }]);
    await told;
    await settled();
    expect(shown(timeline, id)?.reactions).toEqual([{ emoji: heart, count: 1, users: [ben] }]);
  });

  it('[A3] goes again when the server refuses it', async () => {
    const { timeline, id, server } = await setUp();
    server.refusals.push({ command: 'reaction.add', error: toWireError('limit-reached') });
    const told = timeline.react(id, heart, true);
    expect(shown(timeline, id)?.reactions).toHaveLength(1);
    await expect(told).rejects.toMatchObject({ code: 'limit-reached' });
    expect(shown(timeline, id)?.reactions).toBeUndefined();
  });

  it('pressed many times tells the server only where it ends', async () => {
    const { timeline, id, server, room } = await setUp();
    const before = server.asked.length;
    const presses = [true, false, true, false, true].map((on) => timeline.react(id, heart, on));
    await Promise.all(presses);
    await settled();
    expect(server.asked.slice(before)).toEqual(['reaction.add']);
    expect(room.message(id).reactions).toMatchObject([{ emoji: heart, count: 1 }]);
    expect(shown(timeline, id)?.reactions).toMatchObject([{ emoji: heart, count: 1, mine: true }]);
  });

  it('[A3] taken back on another device stays so, when all of it is heard in one breath', async () => {
    const { timeline, id, connection, room, ada } = await setUp();
    connection.held = true;
    const told = timeline.react(id, heart, true);
    await settled();
    room.react(ada, id, heart, false);
    connection.release();
    await told;
    await settled();
    expect(shown(timeline, id)?.reactions).toBeUndefined();
  });

  it('[A3] told by another way than the log comes stays what the log says in the end', async () => {
    const { timeline, id, server, room, ada, ports } = await setUp();
    server.cut();
    await settled();
    await timeline.react(id, heart, true);
    expect(shown(timeline, id)?.reactions).toHaveLength(1);
    room.react(ada, id, heart, false);
    await ports.time.advance(30_000);
    expect(shown(timeline, id)?.reactions).toBeUndefined();
  });

  it('is not drawn onto a message that was deleted meanwhile', async () => {
    const { timeline, id, connection, room, ben } = await setUp();
    connection.held = true;
    const told = timeline.react(id, heart, true);
    await settled();
    room.remove(ben, id);
    connection.release();
    await told;
    await settled();
    expect(shown(timeline, id)).toEqual(room.message(id));
  });

  it('leaves the items of other messages as they are', async () => {
    const { timeline, id, room, ben } = await setUp();
    room.post(ben, 'second', 'more');
    await settled();
    const other = timeline.get().items.at(-1);
    await timeline.react(id, heart, true);
    await settled();
    expect(timeline.get().items.at(-1)).toBe(other);
    const drawn = timeline.get().items;
    room.log.append('room.topic-set', ben, { topic: 'weather' });
    await settled();
    expect(timeline.get().items.slice(0, drawn.length)).toEqual(drawn);
  });
});

const step = fc.record({
  who: fc.constantFrom('here', 'elsewhere', 'ben', 'delete', 'cut'),
  emoji: fc.constantFrom(heart, '👍'),
  on: fc.boolean(),
  refused: fc.integer({ min: 0, max: 5 }).map((pick) => pick === 0),
  deliver: fc.nat(3),
});

describe('own reactions under any order of presses, other devices, refusals and delays', () => {
  it('[A3] end as the server has them, with each person counted once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { timeline, id, server, room, ada, ben, ports, confab } = await setUp();
        const waits: Promise<unknown>[] = [];
        for (const { who, emoji, on, refused, deliver } of steps) {
          for (const connection of server.connections) connection.held = true;
          const command = on ? 'reaction.add' : 'reaction.remove';
          if (who === 'here') {
            if (refused) server.refusals.push({ command, error: toWireError('limit-reached') });
            waits.push(timeline.react(id, emoji, on).catch(() => {}));
          } else if (who === 'cut') server.cut();
          else if (who === 'delete') room.remove(ben, id);
          else if (room.message(id).deletedAt === null) room.react(who === 'ben' ? ben : ada, id, emoji, on);
          for (const connection of server.connections) connection.deliver(deliver);
          await Promise.resolve();
        }
        for (const connection of server.connections) connection.release();
        await ports.time.advance(60_000);
        await Promise.all(waits);
        await settled();
        const { reactions, ...rest } = room.message(id);
        const mine = reactions?.map((each) => (each.users.includes(ada) ? { ...each, mine: true } : each));
        expect(shown(timeline, id)).toEqual(mine ? { ...rest, reactions: mine } : rest);
        await confab.stop();
      }),
      { numRuns: 60 },
    );
  }, 180_000);
});
