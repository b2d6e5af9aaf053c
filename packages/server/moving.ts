import { join, resolve } from 'node:path';
import { holdingFacts, migrations, newEpochs } from '@confab/chat';
import {
  backUp,
  type DatabasePlace,
  demote,
  type Holdings,
  type Manifest,
  nameOf,
  type Progress,
  promote,
  restore,
} from '@confab/storage/copy';
import type { ServerConfig } from './config.ts';
import { version } from './start-server.ts';

export { DatabaseRefused } from '@confab/storage';
export { CopyRefused, type Holdings, type Manifest, type Progress } from '@confab/storage/copy';

/** What may be done with all data at once. Each rejects with a sentence (`CopyRefused`, `DatabaseRefused`) or an error. */
export interface Moving {
  /** Where the data is by this configuration, in words and without a password. */
  readonly place: string;
  /** Writes a backup, while servers run. */
  backUp(file: string): Promise<Manifest>;
  /** Brings a backup to the configured place, which has to be empty. */
  restore(file: string): Promise<Manifest>;
  /** From the data folder to PostgreSQL; `undefined` when that had been done already. */
  promote(url: string): Promise<Holdings | undefined>;
  /** From the configured PostgreSQL to a data file. */
  demote(file: string): Promise<Holdings>;
}

/** `now`: Unix milliseconds. */
export function movingOf(
  config: Pick<ServerConfig, 'data' | 'databaseUrl'>,
  now: () => number,
  progress: Progress,
): Moving {
  const file = dataFileIn(config.data);
  const place: DatabasePlace = config.databaseUrl === '' ? { file } : { url: config.databaseUrl };
  // Who went on after the backup, or while servers were stopped one by one, may have seen more than the copy holds.
  const changed = () => ({ migrations, changes: [newEpochs(now())], progress });
  return {
    place: nameOf(place),
    backUp: (to) => backUp(place, to, { migrations, version, now: now(), facts: holdingFacts, progress }),
    restore: (from) => restore(from, place, changed()),
    promote: (url) => promote(file, url, { migrations, progress }),
    demote: (to) => {
      const setAside = `until-${new Date(now()).toISOString().replaceAll(':', '')}`;
      return demote(config.databaseUrl, to, { ...changed(), setAside });
    },
  };
}

/** The data file that a server uses in a folder. */
export function dataFileIn(folder: string): string {
  return join(resolve(folder), 'confab.db');
}
