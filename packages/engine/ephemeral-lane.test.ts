import { describe, expect, it } from 'vitest';
import { createTestEngine, effects, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const bob = testUser(2);
const room = testLog(1);

function typing(key: string, value: number, except?: typeof ada) {
  const json = JSON.stringify({ event: 'typing.changed', log: room, at: 0, data: { key, value } });
  return { topic: room, key, json, ...(except ? { except: [except] } : {}) };
}

async function inRoom(limits: Parameters<typeof createTestEngine>[0] = {}) {
  const setUp = createTestEngine(limits);
  setUp.domain.addLog(room, ada, bob);
  const [live, passive] = [await setUp.connect(ada), await setUp.connect(bob)];
  live.listen({ log: room, level: 'live' });
  passive.listen({ log: room, level: 'passive' });
  await setUp.time.settle();
  const values = () => live.named('typing.changed').map((frame) => 'data' in frame && frame.data);
  return { ...setUp, live, passive, values };
}

describe('ephemeral events', () => {
  it('[L5] go to live listeners only', async () => {
    const { engine, live, passive, time } = await inRoom();
    engine.publish(effects({ ephemerals: [typing('a', 1)] }));
    time.tick();
    expect(live.named('typing.changed')).toHaveLength(1);
    expect(passive.named('typing.changed')).toHaveLength(0);
  });

  it('[E1] tell only the last value of each key in one moment', async () => {
    const { engine, time, values } = await inRoom();
    engine.publish(effects({ ephemerals: [typing('a', 1), typing('b', 1), typing('a', 2)] }));
    engine.publish(effects({ ephemerals: [typing('a', 3)] }));
    time.tick();
    expect(values()).toEqual([
      { key: 'a', value: 3 },
      { key: 'b', value: 1 },
    ]);
  });

  it('are not echoed to whom they except', async () => {
    const { engine, time, values } = await inRoom();
    engine.publish(effects({ ephemerals: [typing('a', 1, ada), typing('b', 1, bob)] }));
    time.tick();
    expect(values()).toEqual([{ key: 'b', value: 1 }]);
  });

  it('[E1] are the first to be dropped for a slow connection', async () => {
    const { engine, time, values, live, post } = await inRoom({ ephemeralQueueBytes: 100 });
    live.peer.paused = true;
    post(room, { text: 'x'.repeat(200) });
    time.tick();
    engine.publish(effects({ ephemerals: [typing('a', 1)] }));
    post(room);
    time.tick();
    expect(values()).toEqual([]);
    expect(live.seqsOf(room)).toEqual([1, 2]);
    expect(engine.stats().ephemeralsDropped).toBe(1);
    live.peer.read();
    engine.publish(effects({ ephemerals: [typing('a', 2)] }));
    time.tick();
    expect(values()).toEqual([{ key: 'a', value: 2 }]);
  });

  it('[E1] that come in bulk are dropped before they make a connection slow, and a large one alone is not', async () => {
    const { engine, time, live, values } = await inRoom({ softQueueBytes: 1_000, hardQueueBytes: 2_000 });
    const large = (key: string) => ({ ...typing(key, 1), json: typing(key, 1).json.padEnd(450) });
    live.peer.paused = true;
    engine.publish(effects({ ephemerals: ['a', 'b', 'c', 'd', 'e'].map(large) }));
    time.tick();
    expect(values()).toHaveLength(2);
    expect(live.peer.closedWith).toBeNull();
    expect(engine.stats().ephemeralsDropped).toBe(3);
    live.peer.read();
    engine.publish(effects({ ephemerals: [{ ...typing('f', 1), json: typing('f', 1).json.padEnd(1_500) }] }));
    time.tick();
    expect(values()).toHaveLength(3);
  });

  it('are bounded for a topic in one moment', async () => {
    const { engine, time, values } = await inRoom({ ephemeralKeysPerTick: 2 });
    engine.publish(effects({ ephemerals: [typing('a', 1), typing('b', 1), typing('c', 1), typing('a', 2)] }));
    time.tick();
    expect(values()).toEqual([
      { key: 'a', value: 2 },
      { key: 'b', value: 1 },
    ]);
  });
});
