import { randomUUID } from 'node:crypto';
import type { Bus } from '@confab/engine';
import { describeBus } from '@confab/engine/testing/bus-contract';
import { describeSharedBus, heardBy } from '@confab/engine/testing/shared-bus-contract';
import { type PrivateRedis, type PrivateRedisCluster, startRedis, startRedisCluster } from '@confab/testing/redis';
import { createClient } from '@redis/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until, untilConnected, untilFollowed } from '../testing/until.ts';
import { Channels } from './channels.ts';
import { openRedisBus } from './index.ts';

let redis: PrivateRedis;
let cluster: PrivateRedisCluster;
const opened: Bus[] = [];

beforeAll(async () => {
  [redis, cluster] = await Promise.all([startRedis(), startRedisCluster()]);
}, 180_000);
afterAll(async () => {
  await Promise.all(opened.map((bus) => bus.close()));
  await Promise.all([redis.remove(), cluster.remove()]);
});

async function openOn(url: string, node: string, instance: string = randomUUID()): Promise<Bus> {
  const bus = await openRedisBus({ url, instance, node });
  opened.push(bus);
  return bus;
}

async function openTwo(url: string) {
  const instance = randomUUID();
  const [here, there] = [await openOn(url, 'here', instance), await openOn(url, 'there', instance)];
  await untilConnected(here, there);
  const close = async (): Promise<void> => {
    await Promise.all([here.close(), there.close()]);
  };
  return { here, there, instance, close };
}

describeBus('Redis', async () => {
  const bus = await openOn(redis.url, 'here');
  await untilConnected(bus);
  return { bus, settle: async () => {} };
});

for (const [name, url] of [
  ['Redis', () => redis.url],
  ['a Redis cluster', () => cluster.url],
] as const) {
  describeSharedBus(name, { open: () => openTwo(url()), settle: untilFollowed, events: 'carried' });
}

describe('a Redis bus', () => {
  it('does not hear another instance on the same Redis', async () => {
    const [one, other] = [await openTwo(redis.url), await openTwo(redis.url)];
    const [ofOne, ofOther] = [heardBy(one.there), heardBy(other.there)];
    for (const bus of [one.there, other.there]) bus.follow('room:1');
    await untilFollowed(one);
    await untilFollowed(other);
    one.here.publish({ kind: 'ephemeral', ephemeral: { topic: 'room:1', key: 'one', json: '{}' } });
    one.here.publish({ kind: 'node', node: 'here', state: 'up', told: 1 });
    other.here.publish({ kind: 'ephemeral', ephemeral: { topic: 'room:1', key: 'other', json: '{}' } });
    other.here.publish({ kind: 'node', node: 'here', state: 'up', told: 2 });
    const told = (heard: typeof ofOne) =>
      heard.map((message) => {
        if (message.kind === 'node') return `${message.told}`;
        return message.kind === 'ephemeral' ? message.ephemeral.key : message.kind;
      });
    await vi.waitFor(() => expect(told(ofOne).filter((each) => each !== 'probe')).toEqual(['one', '1']), 10_000);
    await vi.waitFor(() => expect(told(ofOther).filter((each) => each !== 'probe')).toEqual(['other', '2']), 10_000);
    await Promise.all([one.close(), other.close()]);
  });

  it('gets from Redis only the partitions that hold a topic which it follows', async () => {
    const instance = randomUUID();
    const here = await openOn(redis.url, 'here', instance);
    await untilConnected(here);
    const channels = async () => {
      const said = await redis.command('PUBSUB', 'SHARDCHANNELS', `confab:{${instance}:*`);
      return said.split('\n').filter((line) => line !== '').length;
    };
    expect(await channels()).toBe(1);
    for (let room = 0; room < 10; room++) here.follow(`room:${room}`);
    await until('ten rooms are subscribed', async () => (await channels()) > 5);
    expect(await channels()).toBeLessThanOrEqual(11);
    for (let room = 0; room < 2_000; room++) here.follow(`room:${room}`);
    await until('all partitions are subscribed', async () => (await channels()) === 129);
    for (let room = 0; room < 2_000; room++) here.unfollow(`room:${room}`);
    await until('only the one for all is left', async () => (await channels()) === 1);
    await here.close();
    await until('nothing is left', async () => (await channels()) === 0);
  });

  it('carries one payload per partition and tick', async () => {
    const { here, instance, close } = await openTwo(redis.url);
    const payloads: string[] = [];
    const client = createClient({ url: redis.url });
    await client.connect();
    await client.sSubscribe(new Channels(instance).of('room:1'), (payload) => payloads.push(payload));
    const publish = (key: number): void =>
      here.publish({ kind: 'ephemeral', ephemeral: { topic: 'room:1', key: `${key}`, json: '{}' } });
    for (let key = 0; key < 100; key++) publish(key);
    await until('it arrives', () => payloads.length > 0);
    publish(100);
    await until('the next arrives', () => payloads.some((payload) => payload.includes('"key":"100"')));
    expect(payloads.map((payload) => JSON.parse(payload).messages.length)).toEqual([100, 1]);
    client.destroy();
    await close();
  });

  it('goes on after payloads that no node of this version has written', async () => {
    const instance = randomUUID();
    const reported: unknown[] = [];
    const bus = await openRedisBus({
      url: redis.url,
      instance,
      node: 'here',
      report: (level, what, details) => reported.push({ level, what, ...details }),
    });
    opened.push(bus);
    await untilConnected(bus);
    const heard = heardBy(bus);
    const newer = {
      from: 'newer',
      messages: [{ kind: 'hologram' }, { kind: 'node', node: 'newer', state: 'up', told: 3 }],
    };
    const payloads = [
      '',
      'x',
      '[',
      'null',
      '[]',
      '{"from":1,"messages":[]}',
      '{"from":"other"}',
      JSON.stringify(newer),
    ];
    for (const payload of payloads) await redis.command('SPUBLISH', `confab:{${instance}:all}`, payload);
    await until('the one that is known arrives', () => heard.length > 0);
    expect(heard).toEqual([{ kind: 'node', node: 'newer', state: 'up', told: 3 }]);
    expect(reported).toEqual([{ level: 'warn', what: 'a payload that no node has written was left out' }]);
    expect(bus.connected).toBe(true);
  });

  it('goes on after a handler that failed, and says so', async () => {
    const instance = randomUUID();
    const reported: string[] = [];
    const there = await openRedisBus({
      url: redis.url,
      instance,
      node: 'there',
      report: (_, what) => reported.push(what),
    });
    const here = await openOn(redis.url, 'here', instance);
    opened.push(there);
    await untilConnected(here, there);
    const heard: unknown[] = [];
    there.subscribe((message) => {
      heard.push(message);
      if (heard.length === 1) throw new Error('a bug');
    });
    for (const told of [1, 2]) here.publish({ kind: 'node', node: 'here', state: 'beat', told });
    await until('both were handled', () => heard.length === 2);
    expect(reported).toEqual(['a message of another node could not be handled']);
    expect(there.connected).toBe(true);
  });

  it('refuses what is no URL of Redis, without repeating it', async () => {
    for (const url of ['', 'redis:// secret', 'http://:secret@localhost', '127.0.0.1:6379']) {
      await expect(openRedisBus({ url, instance: 'i', node: 'n' })).rejects.toThrow(/^The URL of Redis has to begin/);
    }
  });

  it('follows a partition of a cluster that moves to another node', async () => {
    const { here, there, instance, close } = await openTwo(cluster.url);
    const { topic, slot } = await topicWithSlot(instance);
    there.follow(topic);
    await untilFollowed({ here, there });
    await cluster.moveSlot(slot);
    const heard = heardBy(there);
    await until('it is heard of again', () => {
      here.publish({ kind: 'ephemeral', ephemeral: { topic, key: 'k', json: '{}' } });
      return heard.some((message) => message.kind === 'ephemeral' && message.ephemeral.topic === topic);
    });
    await close();
  });
});

/** A topic whose channel is in the slot that Redis says. */
async function topicWithSlot(instance: string): Promise<{ topic: string; slot: number }> {
  const topic = 'room:1';
  const said = await cluster.nodes[0]?.command('CLUSTER', 'KEYSLOT', new Channels(instance).of(topic));
  return { topic, slot: Number(said) };
}
