import { randomUUID } from 'node:crypto';
import { type Bus, type BusMessage, systemPorts } from '@confab/engine';
import { heardBy } from '@confab/engine/testing/shared-bus-contract';
import { type PrivateRedis, startRedis } from '@confab/testing/redis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BusLimits } from '../limits.ts';
import { startCuttingProxy } from '../testing/cutting-proxy.ts';
import { reporting } from '../testing/reported.ts';
import { until, untilConnected, untilFollowed } from '../testing/until.ts';
import { openRedisBus } from './index.ts';

const topic = 'room:1';
/** Silence is noticed soon, and it is tried again soon. */
const quick: Partial<BusLimits> = { pingMs: 100, retryMaxMs: 100, openMs: 1_000 };

let redis: PrivateRedis;
let instance: string;
const opened: Bus[] = [];
const given = process.env.CONFAB_TEST_REDIS_URL;

beforeEach(async () => {
  // One that may be killed.
  delete process.env.CONFAB_TEST_REDIS_URL;
  redis = await startRedis();
  instance = randomUUID();
});
afterEach(async () => {
  if (given !== undefined) process.env.CONFAB_TEST_REDIS_URL = given;
  redis.resume();
  await Promise.all(opened.splice(0).map((bus) => bus.close()));
  await redis.remove();
});

async function open(node: string, { url = redis.url, limits = quick } = {}) {
  const { report, lines } = reporting();
  const bus = await openRedisBus({ url, instance, node, report, limits });
  opened.push(bus);
  return { bus, lines };
}

const told = (key: string): BusMessage => ({ kind: 'ephemeral', ephemeral: { topic, key, json: '{}' } });

const keysOf = (heard: readonly BusMessage[]): string[] =>
  heard.flatMap((message) =>
    message.kind === 'ephemeral' && message.ephemeral.topic === topic ? message.ephemeral.key : [],
  );

/** Publishes on each bus until all others have heard of it, without following anything anew. */
async function untilAllHear(buses: readonly Bus[]): Promise<void> {
  await untilConnected(...buses);
  const heard = buses.map(heardBy);
  const round = randomUUID();
  await until('each hears all others', () => {
    for (const [index, bus] of buses.entries()) bus.publish(told(`${round}:${index}`));
    return heard.every((each) => {
      const keys = new Set(keysOf(each));
      return buses.every((_, index) => keys.has(`${round}:${index}`));
    });
  });
}

async function openThree(): Promise<{ buses: Bus[]; lines: string[][] }> {
  const all = await Promise.all(['one', 'two', 'three'].map((node) => open(node)));
  const buses = all.map(({ bus }) => bus);
  for (const bus of buses) bus.follow(topic);
  await untilAllHear(buses);
  return { buses, lines: all.map(({ lines }) => lines) };
}

/** Publishes on all of them in each turn of the event loop. */
function publishAlways(buses: readonly Bus[]): () => void {
  const { timers } = systemPorts();
  let isOver = false;
  const publish = (): void => {
    for (const bus of buses) for (let key = 0; key < 10; key++) bus.publish(told(`load:${key}`));
    if (!isOver) timers.after(1, publish);
  };
  publish();
  return () => {
    isOver = true;
  };
}

describe('a Redis bus in trouble', () => {
  it('begins without Redis, delivers here, says so once, and is connected when Redis is there', async () => {
    await redis.stop();
    const [here, there] = [await open('here'), await open('there')];
    there.bus.follow(topic);
    const own = heardBy(here.bus);
    here.bus.publish(told('alone'));
    expect(keysOf(own)).toEqual(['alone']);
    await until('it is said', () => here.lines.length > 0);
    expect(here.bus.connected).toBe(false);
    await redis.start();
    await untilConnected(here.bus, there.bus);
    await untilFollowed({ here: here.bus, there: there.bus });
    expect(here.lines).toEqual([
      expect.stringMatching(/^warn: Redis cannot be reached/),
      'info: Redis is there again {}',
    ]);
    expect(here.lines.join()).not.toContain(new URL(redis.url).password);
  });

  it('hears of everything that it follows again after Redis was killed and restarted under load', async () => {
    const { buses, lines } = await openThree();
    const stop = publishAlways(buses);
    for (let time = 0; time < 3; time++) {
      await redis.stop();
      await until('all have noticed', () => buses.every((bus) => !bus.connected));
      await redis.start();
      await untilAllHear(buses);
    }
    stop();
    for (const each of lines) expect(each).toHaveLength(6);
  });

  it('notices that Redis stands still, and goes on when it does', async () => {
    const { buses } = await openThree();
    const stop = publishAlways(buses);
    redis.pause();
    await until('all have noticed', () => buses.every((bus) => !bus.connected));
    redis.resume();
    await untilAllHear(buses);
    stop();
  });

  it('does not care when Redis is flushed', async () => {
    const { buses, lines } = await openThree();
    await redis.flush();
    await untilAllHear(buses);
    expect(lines).toEqual([[], [], []]);
  });

  it('subscribes again when Redis ends only the connections that subscribe', async () => {
    const { buses } = await openThree();
    await redis.command('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await untilAllHear(buses);
  });

  it('holds only so much for a Redis that takes nothing', async () => {
    const limits = { ...quick, pingMs: 3_600_000, unansweredBytes: 100_000 };
    const [here, there] = [await open('here', { limits }), await open('there')];
    there.bus.follow(topic);
    await untilConnected(here.bus, there.bus);
    await untilFollowed({ here: here.bus, there: there.bus });
    const heard = heardBy(there.bus);
    redis.pause();
    const pad = 'x'.repeat(10_000);
    for (let count = 0; count < 500; count++) {
      here.bus.publish({ kind: 'ephemeral', ephemeral: { topic, key: `${count}`, json: pad } });
      await new Promise((resolve) => setImmediate(resolve));
    }
    redis.resume();
    await until('the next arrives', () => {
      here.bus.publish(told('next'));
      return keysOf(heard).includes('next');
    });
    const arrived = keysOf(heard).filter((key) => key !== 'next');
    expect(arrived.length).toBeGreaterThan(0);
    expect(arrived.length).toBeLessThan(11);
  });

  it('keeps nothing for later while Redis is away', async () => {
    const { buses } = await openThree();
    const [one, two] = buses as [Bus, Bus];
    const heard = heardBy(two);
    await redis.stop();
    await until('all have noticed', () => buses.every((bus) => !bus.connected));
    for (let count = 0; count < 100; count++) one.publish(told('while away'));
    await redis.start();
    await untilAllHear(buses);
    expect(keysOf(heard)).not.toContain('while away');
  });

  it('notices a network that is cut or passes nothing on, and goes on when it is whole', async () => {
    const proxy = await startCuttingProxy(redis.url);
    const [here, there] = [await open('here'), await open('there', { url: proxy.url })];
    for (const { bus } of [here, there]) bus.follow(topic);
    await untilAllHear([here.bus, there.bus]);
    proxy.cut();
    await until('the cut is noticed', () => !there.bus.connected);
    await untilAllHear([here.bus, there.bus]);
    proxy.stall();
    await until('the silence is noticed', () => !there.bus.connected);
    expect(here.bus.connected).toBe(true);
    proxy.heal();
    await untilAllHear([here.bus, there.bus]);
    await there.bus.close();
    await proxy.close();
  });

  it('is not connected where it may not come in, and tells no password', async () => {
    const url = redis.url.replace(/:[^:@]+@/, ':guessed-wrong@');
    const { bus, lines } = await open('here', { url });
    await until('it is said', () => lines.length > 0);
    expect(bus.connected).toBe(false);
    expect(lines).toEqual([expect.stringContaining('WRONGPASS')]);
    expect(lines.join()).not.toContain('guessed-wrong');
  });

  it('is not connected where it may not publish', async () => {
    await redis.command('ACL', 'SETUSER', 'mute', 'on', '>secret', '+@all', '-spublish', '&*', '~*');
    const url = redis.url.replace(/:\/\/[^@]*@/, '://mute:secret@');
    const { bus, lines } = await open('here', { url });
    await until('it is said', () => lines.length > 0);
    expect(bus.connected).toBe(false);
    expect(lines).toEqual([expect.stringContaining('NOPERM')]);
  });

  it('is not connected to a Redis that has become a replica, on which others would not hear it', async () => {
    const { buses, lines } = await openThree();
    const master = await startRedis();
    const { port, password } = new URL(master.url);
    await redis.command('CONFIG', 'SET', 'masterauth', password);
    await redis.command('REPLICAOF', '127.0.0.1', port);
    await until('all have noticed', () => buses.every((bus) => !bus.connected));
    expect(lines[0]).toEqual([expect.stringContaining('the master is needed')]);
    await redis.command('REPLICAOF', 'NO', 'ONE');
    await untilAllHear(buses);
    await master.remove();
  });

  it('can be closed while Redis is away or stands still', async () => {
    const { buses } = await openThree();
    redis.pause();
    for (const bus of buses) bus.publish(told('last'));
    await Promise.all(buses.map((bus) => bus.close()));
    await redis.stop();
    const { bus } = await open('late');
    await bus.close();
    expect(bus.connected).toBe(false);
  });
});
