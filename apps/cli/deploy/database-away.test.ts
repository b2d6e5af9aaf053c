import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Confab, createConfab, MemoryOutbox, type Timeline } from '@confab/client';
import type { RoomId } from '@confab/protocol';
import { configWith, type RunningServer, startServer } from '@confab/server';
import { type PrivatePostgres, startPostgres } from '@confab/testing/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Population, populate } from '../load/population.ts';
import { trustedCertificate } from './certificate.ts';
import { haproxy, type OpenProxy, openProxy } from './proxy-kinds.ts';
import { fetchByHttp1 } from './testing/fetch-by-http1.ts';

/** HAProxy looks every 2 s: long enough for it to take out whoever says no. */
const awayMs = 6_000;

let postgres: PrivatePostgres;
let proxy: OpenProxy;
let people: Population;
const nodes: RunningServer[] = [];
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  await fetchByHttp1();
  const certificate = await trustedCertificate();
  undo.push(() => certificate.remove());
  postgres = await startPostgres({ fsync: false });
  undo.push(() => postgres.remove());
  for (let count = 0; count < 2; count += 1) nodes.push(await node());
  const ports = nodes.map(({ port }) => ({ port, mqttPort: port })) as [Ports, Ports];
  proxy = await openProxy(haproxy, certificate, ...ports);
  undo.push(() => proxy.close());
  people = await populate(proxy.url, 0);
  undo.push(async () => people.owner.api.close());
}, 360_000);
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

type Ports = { port: number; mqttPort: number };

async function node(): Promise<RunningServer> {
  const data = await mkdtemp(join(tmpdir(), 'confab-away-'));
  const config = { data, port: 0, host: '127.0.0.1', nodeHost: '127.0.0.1', logLevel: 'silent' as const };
  const server = await startServer(configWith({ ...config, databaseUrl: postgres.url, trustProxy: true }), {
    clusterLimits: { renewMs: 200, databaseMs: 1_000 },
  });
  undo.push(async () => {
    await server.close();
    await rm(data, { recursive: true });
  });
  return server;
}

function client(room: RoomId): { confab: Confab; timeline: Timeline } {
  const confab = createConfab({ url: proxy.url, token: people.owner.token, outbox: new MemoryOutbox() });
  undo.push(() => confab.stop());
  confab.start();
  const timeline = confab.rooms.timeline(room);
  timeline.open();
  return { confab, timeline };
}

const texts = (timeline: Timeline) =>
  timeline.get().items.flatMap((item) => (item.kind === 'message' ? [item.message.text] : []));
const readiness = async (url: string) =>
  (await (await fetch(`${url}/health/ready`)).json()) as { status: string; database: string };

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadlineMs) throw new Error(`It did not come to hold: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('while PostgreSQL is away people stay connected, who comes is told so, and what they send arrives once', async () => {
  const { room } = people;
  const here = client(room);
  await until(() => here.timeline.get().status === 'ready' && here.confab.connection.get().status === 'online');
  const statuses = new Set<string>();
  here.confab.connection.subscribe(() => statuses.add(here.confab.connection.get().status));

  await postgres.stop('immediate');
  for (const { url } of nodes) await until(async () => (await readiness(url)).database === 'unreachable');
  here.timeline.post('written meanwhile');
  const comes = client(room);
  const endMs = performance.now() + awayMs;
  while (performance.now() < endMs) {
    // A node answers, and not the proxy for want of one.
    expect(await readiness(proxy.url)).toMatchObject({ status: 'ready', database: 'unreachable' });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await until(() => comes.confab.account.state.get().status === 'unreachable');
  expect(comes.confab.account.state.get()).toMatchObject({ error: { code: 'storage-unavailable' } });
  expect(statuses).toEqual(new Set());
  expect(texts(here.timeline)).not.toContain('written meanwhile');

  await postgres.start();
  for (const { timeline } of [here, comes]) await until(() => texts(timeline).includes('written meanwhile'));
  for (const { timeline } of [here, comes]) expect(texts(timeline)).toEqual(['written meanwhile']);
  expect(statuses).toEqual(new Set());
}, 540_000);
