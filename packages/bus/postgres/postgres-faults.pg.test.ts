import { randomUUID } from 'node:crypto';
import type { Bus } from '@confab/engine';
import { heardBy } from '@confab/engine/testing/shared-bus-contract';
import { type PrivatePostgres, startPostgres } from '@confab/testing/postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BusLimits } from '../limits.ts';
import { startCuttingProxy } from '../testing/cutting-proxy.ts';
import { reporting } from '../testing/reported.ts';
import { until, untilConnected } from '../testing/until.ts';
import { openPostgresBus } from './index.ts';

const topic = 'room:1';
const quick: Partial<BusLimits> = { pingMs: 100, retryMaxMs: 100, openMs: 1_000 };

let postgres: PrivatePostgres;
const given = process.env.CONFAB_TEST_POSTGRES_URL;
const opened: Bus[] = [];

beforeAll(async () => {
  // One that may be stopped.
  delete process.env.CONFAB_TEST_POSTGRES_URL;
  postgres = await startPostgres({ fsync: false });
}, 180_000);
afterEach(async () => {
  postgres.resume();
  await Promise.all(opened.splice(0).map((bus) => bus.close()));
});
afterAll(async () => {
  if (given !== undefined) process.env.CONFAB_TEST_POSTGRES_URL = given;
  await postgres.remove();
});

async function open(node: string, { url = postgres.url, limits = quick } = {}) {
  const { report, lines } = reporting();
  const bus = await openPostgresBus({ url, node, report, limits });
  opened.push(bus);
  bus.follow(topic);
  return { bus, lines };
}

/** Publishes on each bus until all others have heard of it, without following anything anew. */
async function untilAllHear(...buses: readonly Bus[]): Promise<void> {
  await untilConnected(...buses);
  const heard = buses.map(heardBy);
  const round = randomUUID();
  await until('each hears all others', () => {
    for (const [index, bus] of buses.entries()) {
      bus.publish({ kind: 'ephemeral', ephemeral: { topic, key: `${round}:${index}`, json: '{}' } });
    }
    return heard.every((each) => {
      const keys = each.map((message) => (message.kind === 'ephemeral' ? message.ephemeral.key : ''));
      return buses.every((_, index) => keys.includes(`${round}:${index}`));
    });
  });
}

describe('a PostgreSQL bus in trouble', () => {
  for (const how of ['fast', 'immediate'] as const) {
    it(`listens again after PostgreSQL was stopped (${how}) and started, and says so`, async () => {
      const [here, there] = [await open('here'), await open('there')];
      await untilAllHear(here.bus, there.bus);
      await postgres.stop(how);
      await until('both have noticed', () => !here.bus.connected && !there.bus.connected);
      await postgres.start();
      await untilAllHear(here.bus, there.bus);
      expect(here.lines).toEqual([
        expect.stringMatching(/^warn: The bus through PostgreSQL cannot be reached/),
        'info: The bus through PostgreSQL is there again {}',
      ]);
    });
  }

  it('notices that PostgreSQL stands still, and goes on when it does', async () => {
    const [here, there] = [await open('here'), await open('there')];
    await untilAllHear(here.bus, there.bus);
    postgres.pause();
    await until('both have noticed', () => !here.bus.connected && !there.bus.connected);
    postgres.resume();
    await untilAllHear(here.bus, there.bus);
  });

  it('listens again when its connection was ended on the server, or passes nothing on', async () => {
    const proxy = await startCuttingProxy(postgres.url);
    const [here, there] = [await open('here'), await open('there', { url: proxy.url })];
    await untilAllHear(here.bus, there.bus);
    await postgres.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'confab-bus'",
    );
    await until('it is said', () => here.lines.length > 0 && there.lines.length > 0);
    await untilAllHear(here.bus, there.bus);
    proxy.stall();
    await until('the silence is noticed', () => !there.bus.connected);
    expect(here.bus.connected).toBe(true);
    proxy.heal();
    await untilAllHear(here.bus, there.bus);
    await there.bus.close();
    await proxy.close();
  });

  it('begins without PostgreSQL, delivers here, and keeps nothing for later', async () => {
    await postgres.stop('fast');
    const [here, there] = [await open('here'), await open('there')];
    const [own, others] = [heardBy(here.bus), heardBy(there.bus)];
    here.bus.publish({ kind: 'ephemeral', ephemeral: { topic, key: 'alone', json: '{}' } });
    expect(own).toHaveLength(1);
    await until('it is said', () => here.lines.length > 0);
    await postgres.start();
    await untilAllHear(here.bus, there.bus);
    expect(JSON.stringify(others)).not.toContain('alone');
    expect(here.lines.join()).not.toContain(new URL(postgres.url).password);
  });

  it('holds one value of each key for a PostgreSQL that takes nothing, and can be closed', async () => {
    const limits = { ...quick, pingMs: 3_600_000 };
    const [here, there] = [await open('here', { limits }), await open('there')];
    await untilAllHear(here.bus, there.bus);
    const heard = heardBy(there.bus);
    postgres.pause();
    for (let round = 0; round < 1_000; round++) {
      here.bus.publish({ kind: 'ephemeral', ephemeral: { topic, key: 'k', json: `${round}` } });
      await new Promise((resolve) => setImmediate(resolve));
    }
    postgres.resume();
    await until('the last arrives', () => JSON.stringify(heard).includes('"999"'));
    expect(heard.length).toBeLessThan(100);
    postgres.pause();
    await here.bus.close();
  });
});
