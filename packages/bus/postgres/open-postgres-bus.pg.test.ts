import type { Bus, BusMessage } from '@confab/engine';
import { testLog } from '@confab/engine/testing';
import { describeBus } from '@confab/engine/testing/bus-contract';
import { describeSharedBus, heardBy, testEvent, testHead } from '@confab/engine/testing/shared-bus-contract';
import { type PrivatePostgres, startPostgres } from '@confab/testing/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BusLimits } from '../limits.ts';
import { until, untilConnected, untilFollowed } from '../testing/until.ts';
import { openPostgresBus } from './index.ts';

let postgres: PrivatePostgres;
const opened: Bus[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
}, 180_000);
afterAll(async () => {
  await Promise.all(opened.map((bus) => bus.close()));
  await postgres.remove();
});

async function openOn(url: string, node: string, limits: Partial<BusLimits> = {}): Promise<Bus> {
  const bus = await openPostgresBus({ url, node, limits });
  opened.push(bus);
  return bus;
}

async function openTwo(limits: Partial<BusLimits> = {}) {
  const url = await postgres.newDatabase();
  const [here, there] = [await openOn(url, 'here', limits), await openOn(url, 'there', limits)];
  await untilConnected(here, there);
  const close = async (): Promise<void> => {
    await Promise.all([here.close(), there.close()]);
    await postgres.dropDatabase(url);
  };
  return { here, there, url, close };
}

describeBus('PostgreSQL', async () => {
  const bus = await openOn(postgres.url, 'here');
  await untilConnected(bus);
  return { bus, settle: async () => {} };
});

describeSharedBus('PostgreSQL', { open: openTwo, settle: untilFollowed, events: 'as heads' });

describe('a PostgreSQL bus', () => {
  it('tells of a burst in notifications that fit, of each log once', async () => {
    const { here, there, close } = await openTwo();
    const heard = heardBy(there);
    const numbers = Array.from({ length: 500 }, (_, index) => index + 1);
    for (const number of numbers) there.follow(testLog(number));
    for (const number of numbers) for (const seq of [1, 2, 3]) here.publish(testEvent(seq, { number }));
    await until('all logs are told of', () => heard.length >= 500);
    expect(heard).toEqual(numbers.map((number) => testHead(3, number)));
    await close();
  });

  it('drops what one notification cannot take, ephemerals first, and goes on', async () => {
    const { here, there, close } = await openTwo({ notificationsAtOnce: 2 });
    const heard = heardBy(there);
    there.follow(testLog(1));
    for (let key = 0; key < 1_000; key++) {
      here.publish({ kind: 'ephemeral', ephemeral: { topic: testLog(1), key: `${key}`, json: '{}' } });
    }
    here.publish(testEvent(1));
    here.publish({ kind: 'node', node: 'here', state: 'beat', told: 1 });
    await until('what counts has arrived', () => heard.length >= 2);
    expect(heard.slice(0, 2)).toEqual([{ kind: 'node', node: 'here', state: 'beat', told: 1 }, testHead(1)]);
    here.publish(testEvent(2));
    await until('the next has arrived', () => heard.at(-1)?.kind === 'head' && heard.length > 2);
    expect(heard.at(-1)).toEqual(testHead(2));
    expect(heard.filter((message) => message.kind === 'ephemeral').length).toBeLessThan(300);
    await close();
  });

  it('does not hear nodes of another database', async () => {
    const [one, other] = [await openTwo(), await openTwo()];
    const heard = heardBy(other.there);
    const sign = (told: number): BusMessage => ({ kind: 'node', node: 'here', state: 'beat', told });
    const ofOne = heardBy(one.there);
    one.here.publish(sign(1));
    await until('the first is heard', () => ofOne.length > 0);
    other.here.publish(sign(2));
    await until('the second is heard', () => heard.length > 0);
    expect(heard).toEqual([sign(2)]);
    await Promise.all([one.close(), other.close()]);
  });

  it('goes on after notifications that no node has written', async () => {
    const { here, there, url, close } = await openTwo();
    const heard = heardBy(there);
    for (const payload of ['', 'x', '{"from":"x","messages":[{"kind":"node"}]}']) {
      await postgres.query(`SELECT pg_notify('confab_bus', '${payload}')`, url);
    }
    here.publish({ kind: 'node', node: 'here', state: 'beat', told: 1 });
    await until('one is heard', () => heard.length > 0);
    expect(heard).toHaveLength(1);
    expect(there.connected).toBe(true);
    await close();
  });

  it('refuses what is no URL of PostgreSQL, without repeating it', async () => {
    for (const url of ['', 'postgres:// secret', 'http://:secret@localhost', 'localhost:5432']) {
      await expect(openPostgresBus({ url, node: 'n' })).rejects.toThrow(/^The URL of PostgreSQL has to begin/);
    }
  });
});
