import { InProcessBus } from '@confab/bus/in-process';
import type { Bus, Report } from '@confab/engine';
import type { ServerConfig } from './config.ts';

type BusConfig = Pick<ServerConfig, 'databaseUrl' | 'redisUrl'>;

export interface BusParts {
  readonly node: string;
  /** What tells this instance from others that use the same Redis; asked for only then. */
  readonly instance: () => Promise<string>;
  readonly report: Report;
}

/** How events reach the other nodes, where there are any; the code of those ways that are not used is not loaded. */
export async function openBus({ databaseUrl, redisUrl }: BusConfig, parts: BusParts): Promise<Bus> {
  const { node, report } = parts;
  if (redisUrl !== '') {
    const { openRedisBus } = await import('@confab/bus/redis');
    return openRedisBus({ url: redisUrl, instance: await parts.instance(), node, report });
  }
  if (databaseUrl !== '') {
    const { openPostgresBus } = await import('@confab/bus/postgres');
    return openPostgresBus({ url: databaseUrl, node, report });
  }
  return new InProcessBus();
}
