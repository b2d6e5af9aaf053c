import { randomUUID } from 'node:crypto';
import type { Bus } from '@confab/engine';
import { heardBy } from '@confab/engine/testing/shared-bus-contract';
import { type PrivateRedisCluster, startRedisCluster } from '@confab/testing/redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BusLimits } from '../limits.ts';
import { reporting } from '../testing/reported.ts';
import { until, untilConnected } from '../testing/until.ts';
import { openClusterLink } from './cluster-link.ts';
import { openRedisBus } from './index.ts';

const quick: Partial<BusLimits> = { pingMs: 200, retryMaxMs: 200, openMs: 2_000 };
const topics = Array.from({ length: 30 }, (_, room) => `room:${room}`);

let cluster: PrivateRedisCluster;
const opened: Bus[] = [];

beforeAll(async () => {
  cluster = await startRedisCluster();
}, 180_000);
afterAll(async () => {
  for (const node of cluster.nodes) node.resume();
  await Promise.all(opened.map((bus) => bus.close()));
  await cluster.remove();
});

/** Publishes on all topics until all have been heard of: they are spread over all nodes of the cluster. */
async function untilAllTopicsAreHeard(here: Bus, there: Bus): Promise<void> {
  await untilConnected(here, there);
  const heard = heardBy(there);
  const key = randomUUID();
  await until('all topics are heard of', () => {
    for (const topic of topics) here.publish({ kind: 'ephemeral', ephemeral: { topic, key, json: '{}' } });
    const known = heard.map((message) =>
      message.kind === 'ephemeral' && message.ephemeral.key === key ? message.ephemeral.topic : '',
    );
    return topics.every((topic) => known.includes(topic));
  });
}

it('a bus on a cluster is not connected while one of its nodes is gone or stands still, and hears of all after it', async () => {
  const instance = randomUUID();
  const { report, lines } = reporting();
  const { url } = cluster;
  const here = await openRedisBus({ url, instance, node: 'here', limits: quick, report });
  const there = await openRedisBus({ url, instance, node: 'there', limits: quick });
  opened.push(here, there);
  for (const topic of topics) there.follow(topic);
  await untilAllTopicsAreHeard(here, there);
  expect(lines).toEqual([]);

  const [, second, third] = cluster.nodes;
  await second?.stop();
  await until('both have noticed', () => !here.connected && !there.connected);
  await second?.start();
  await untilAllTopicsAreHeard(here, there);

  third?.pause();
  await until('both have noticed', () => !here.connected && !there.connected);
  third?.resume();
  await untilAllTopicsAreHeard(here, there);
}, 360_000);

it('a link to a cluster ends when slots have gone to another master, and one opened anew hears of them', async () => {
  const [first] = cluster.nodes;
  const channel = 'confab:{moved}';
  const slot = Number(await first?.command('CLUSTER', 'KEYSLOT', channel));
  const heard: string[] = [];
  const open = () =>
    openClusterLink({
      ...{ url: cluster.url, name: 'test', connectMs: 2_000, signal: new AbortController().signal },
      receive: (payload) => heard.push(payload),
      lost: () => {},
    });
  const link = await open();
  await link.subscribe([channel]);
  await link.ping();
  await link.ping();

  await cluster.moveSlot(slot);
  await until('the link notices', async () => {
    const outcome = await link.ping().then(
      () => '',
      (error: Error) => error.message,
    );
    return outcome.includes('other masters');
  });
  link.destroy();

  const again = await open();
  await again.subscribe([channel]);
  await until('what is published on the channel is heard', async () => {
    await again.publish(channel, 'here').catch(() => undefined);
    return heard.includes('here');
  });
  await again.ping();
  again.destroy();
}, 180_000);
