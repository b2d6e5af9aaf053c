import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@confab/testing/free-port';
import type { PrivatePostgres } from '@confab/testing/postgres';
import type { PrivateRedis } from '@confab/testing/redis';
import { type Population, populate } from '../load/population.ts';
import { ServerProcess } from '../process/server-process.ts';
import { type ProcessorShares, processorShares } from './processor-shares.ts';

/** The servers that all subjects use, one after the other, each with a database of its own. */
export interface SharedServers {
  readonly postgres: PrivatePostgres;
  readonly redis: PrivateRedis;
}

/** What the nodes keep their data in, and how they hear of each other. */
export type Backing = 'SQLite' | 'PostgreSQL' | 'PostgreSQL and Redis';

/** Nodes under measurement, with people in a room. */
export interface ClusterSubject {
  readonly urls: readonly string[];
  readonly people: Population;
  /** Processor time since each began. */
  processorTime(): Promise<ProcessorShares>;
}

const memberCount = 2;

/** Starts real processes on an empty database, and leaves nothing behind. */
export async function withNodes<T>(
  shared: SharedServers,
  backing: Backing,
  count: number,
  use: (subject: ClusterSubject) => Promise<T>,
): Promise<T> {
  const { postgres, redis } = shared;
  const database = backing === 'SQLite' ? undefined : await postgres.newDatabase();
  const env = {
    CONFAB_TEST_ROOMY: '1',
    CONFAB_NODE_HOST: '127.0.0.1',
    ...(database === undefined ? {} : { CONFAB_DATABASE_URL: database }),
    ...(backing === 'PostgreSQL and Redis' ? { CONFAB_REDIS_URL: redis.url } : {}),
  };
  const folders: string[] = [];
  const nodes: ServerProcess[] = [];
  let people: Population | undefined;
  try {
    for (let index = 0; index < count; index += 1) {
      const data = await mkdtemp(join(tmpdir(), 'confab-bench-'));
      folders.push(data);
      nodes.push(ServerProcess.start({ data, port: await freePort(), entry: 'measured', env }));
    }
    await Promise.all(nodes.map((node) => node.ready()));
    const urls = nodes.map(({ url }) => url);
    people = await populate(urls[0] ?? '', memberCount);
    const pids = nodes.map(({ pid }) => pid);
    return await use({ urls, people, processorTime: () => processorShares(pids, postgres, redis) });
  } finally {
    people?.owner.api.close();
    await Promise.all(nodes.map((node) => node.end('SIGKILL')));
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
    if (database !== undefined) await postgres.dropDatabase(database);
  }
}
