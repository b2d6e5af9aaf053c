import { randomUUID } from 'node:crypto';
import { type PrivatePostgres, startPostgres } from '@confab/testing/postgres';
import { type PrivateRedis, startRedis } from '@confab/testing/redis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';
import { TestSocket } from '../testing/socket.ts';

let postgres: PrivatePostgres;
let redis: PrivateRedis;
const servers: OpenServer[] = [];
beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres({ fsync: false }), startRedis()]);
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(async () => {
  await Promise.all([postgres.remove(), redis.remove()]);
});

async function open(databaseUrl: string, redisUrl: string): Promise<OpenServer> {
  const server = await openServer({ databaseUrl, redisUrl, nodeHost: '127.0.0.1' });
  servers.push(server);
  return server;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error('Waited in vain.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const readiness = async ({ url }: OpenServer) => (await fetch(`${url}/health/ready`)).json();

describe.each(['PostgreSQL alone', 'PostgreSQL and Redis'])('two nodes with %s', (means) => {
  it('are one instance: an event and a word in passing of one are heard at the other', async () => {
    const database = await postgres.newDatabase();
    const bus = means === 'PostgreSQL alone' ? '' : redis.url;
    // At once: the first to come makes what has to be there once.
    const [one, other] = await Promise.all([open(database, bus), open(database, bus)]);
    const connected = { status: 'ready', database: 'reachable', bus: 'connected' };
    await until(
      async () =>
        JSON.stringify([await readiness(one), await readiness(other)]) === JSON.stringify([connected, connected]),
    );
    const { token, room } = await setUpOwner(one);
    const [here, there] = [await TestSocket.signedIn(one.url, token), await TestSocket.signedIn(other.url, token)];
    for (const socket of [here, there]) {
      await socket.ask('log.listen', { logs: [{ log: `room:${room}`, level: 'live' }] });
    }
    await here.ask('message.post', { room, text: 'across', clientId: randomUUID() });
    const heard = await there.until(() => there.frames.find(({ event }) => event === 'message.posted'));
    expect(heard).toMatchObject({ data: { text: 'across' } });
    const announced = () => there.frames.find(({ event }) => event === 'peer.announced');
    // A hint may be lost while the other's wish to hear is on its way.
    await until(async () => {
      await here.ask('peer.announce', { room, from: 'here', present: true });
      return announced() !== undefined;
    });
    expect(announced()).toMatchObject({ data: { from: 'here' } });
    const metrics = await (await fetch(`${other.url}/metrics`)).text();
    expect(metrics).toMatch(/^confab_nodes 2$/m);
    here.close();
    there.close();
  });
});

describe('a node whose Redis is gone', () => {
  it('says so and stays ready', async () => {
    const node = await open(await postgres.newDatabase(), 'redis://127.0.0.1:1');
    expect(await readiness(node)).toEqual({ status: 'ready', database: 'reachable', bus: 'disconnected' });
  });
});
