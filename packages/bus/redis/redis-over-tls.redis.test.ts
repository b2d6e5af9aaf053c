import { randomUUID } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describeSharedBus } from '@confab/engine/testing/shared-bus-contract';
import { type PrivateRedisWithTls, startRedisWithTls } from '@confab/testing/redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until, untilConnected, untilFollowed } from '../testing/until.ts';
import { openRedisBus } from './index.ts';

let redis: PrivateRedisWithTls;
const trusted = getCACertificates('default');
beforeAll(async () => {
  redis = await startRedisWithTls();
}, 180_000);
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await redis.remove();
});

/** As NODE_EXTRA_CA_CERTS does for a process from its start. */
const trust = () => setDefaultCACertificates([...trusted, redis.certificate]);

it('a Redis whose certificate nobody vouches for is not believed, until somebody does', async () => {
  setDefaultCACertificates(trusted);
  const reported: string[] = [];
  const report = (_level: string, what: string, details: Record<string, unknown> = {}) =>
    void reported.push(
      `${what} ${JSON.stringify(details, (_, value) => (value instanceof Error ? `${value}` : value))}`,
    );
  const limits = { retryMinMs: 10, retryMaxMs: 50 };
  const bus = await openRedisBus({ url: redis.tlsUrl, instance: randomUUID(), node: 'here', report, limits });
  await until('it says why', () => reported.length > 0);
  expect(bus.connected).toBe(false);
  expect(reported[0]).toMatch(/self-signed certificate/);
  expect(reported[0]).not.toContain(new URL(redis.tlsUrl).password);
  trust();
  await untilConnected(bus);
  await bus.close();
});

describeSharedBus('Redis over TLS', {
  async open() {
    trust();
    const instance = randomUUID();
    const open = (node: string) => openRedisBus({ url: redis.tlsUrl, instance, node });
    const [here, there] = [await open('here'), await open('there')];
    await untilConnected(here, there);
    const close = async (): Promise<void> => {
      await Promise.all([here.close(), there.close()]);
    };
    return { here, there, close };
  },
  settle: untilFollowed,
  events: 'carried',
});
