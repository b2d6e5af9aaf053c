import type { PrivatePostgres } from '@confab/testing/postgres';
import type { PrivateRedis } from '@confab/testing/redis';
import { processorTime } from '../process/process-usage.ts';

/** Milliseconds of processor time, by who used it. */
export interface ProcessorShares {
  /** All server processes together. */
  readonly nodes: number;
  readonly postgres: number;
  readonly redis: number;
  /** This process, which sends. */
  readonly generator: number;
}

/** What each has used since it began. PostgreSQL's is that of its processes that run now: compare while nobody leaves. */
export async function processorShares(
  nodes: readonly number[],
  postgres: PrivatePostgres,
  redis: PrivateRedis,
): Promise<ProcessorShares> {
  const backends = await postgres.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
  const [, redisPid = ''] = /^process_id:(\d+)/m.exec(await redis.command('INFO', 'server')) ?? [];
  const { user, system } = process.cpuUsage();
  return {
    nodes: sumOf(nodes),
    postgres: sumOf(backends.map(({ pid }) => pid)),
    redis: sumOf([Number(redisPid)]),
    generator: (user + system) / 1_000,
  };
}

export function shareSince(before: ProcessorShares, after: ProcessorShares): ProcessorShares {
  return {
    nodes: after.nodes - before.nodes,
    postgres: Math.max(0, after.postgres - before.postgres),
    redis: after.redis - before.redis,
    generator: after.generator - before.generator,
  };
}

function sumOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      return sum + processorTime(pid).totalMs;
    } catch {
      // The connection that asked for the list has ended, or an idle one of PostgreSQL's.
      return sum;
    }
  }, 0);
}
