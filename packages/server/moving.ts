import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { holdingFacts, migrations, namedContent, newEpochs } from '@confab/chat';
import {
  backUp,
  backUpContent,
  type CopiedContent,
  contentBeside,
  type DatabasePlace,
  demote,
  type Holdings,
  type Manifest,
  nameOf,
  type Progress,
  promote,
  restore,
  restoreContent,
} from '@confab/storage/copy';
import type { ServerConfig } from './config.ts';
import { version } from './start-server.ts';

export { DatabaseRefused } from '@confab/storage';
export {
  type CopiedContent,
  CopyRefused,
  contentBeside,
  type Holdings,
  type Manifest,
  type Progress,
} from '@confab/storage/copy';

/** What may be done with all data at once. Each rejects with a sentence (`CopyRefused`, `DatabaseRefused`) or an error. */
export interface Moving {
  /** Where the data is by this configuration, in words and without a password. */
  readonly place: string;
  /** The folder that the content of files is in; `null` where it is in a store of its own. */
  readonly files: string | null;
  /** Writes a backup, while servers run. `content`: `null` where files are in a store of their own. */
  backUp(file: string): Promise<{ manifest: Manifest; content: CopiedContent | null }>;
  /** Brings a backup to the configured place, which has to be empty. `content`: `null` also where none is beside it. */
  restore(file: string): Promise<{ manifest: Manifest; content: CopiedContent | null }>;
  /** From the data folder to PostgreSQL; `undefined` when that had been done already. */
  promote(url: string): Promise<Holdings | undefined>;
  /** From the configured PostgreSQL to a data file. */
  demote(file: string): Promise<Holdings>;
}

/** `now`: Unix milliseconds. */
export function movingOf(
  config: Pick<ServerConfig, 'data' | 'databaseUrl' | 's3'>,
  now: () => number,
  progress: Progress,
): Moving {
  const file = dataFileIn(config.data);
  const files = config.s3 ? null : filesIn(config.data);
  const place: DatabasePlace = config.databaseUrl === '' ? { file } : { url: config.databaseUrl };
  // Who went on after the backup, or while servers were stopped one by one, may have seen more than the copy holds.
  const changed = () => ({ migrations, changes: [newEpochs(now())], progress });
  return {
    place: nameOf(place),
    files,
    async backUp(to) {
      const manifest = await backUp(place, to, { migrations, version, now: now(), facts: holdingFacts, progress });
      if (files === null) return { manifest, content: null };
      try {
        // After the database: what its rows name is there before them, and as long as they are.
        return { manifest, content: await backUpContent(to, files, namedContent) };
      } catch (error) {
        for (const begun of [to, contentBeside(to)]) await rm(begun, { recursive: true, force: true });
        throw error;
      }
    },
    async restore(from) {
      const isTaken = 'file' in place && existsSync(place.file);
      const isThere = files !== null && !isTaken && existsSync(contentBeside(resolve(from)));
      // Before the database, so that what its rows name is there when they are.
      const content = isThere ? await restoreContent(resolve(from), files, namedContent) : null;
      return { manifest: await restore(from, place, changed()), content };
    },
    promote: (url) => promote(file, url, { migrations, progress }),
    demote: (to) => {
      const setAside = `until-${new Date(now()).toISOString().replaceAll(':', '')}`;
      return demote(config.databaseUrl, to, { ...changed(), setAside });
    },
  };
}

/** The folder that a server keeps files in, in its data folder. */
export const filesIn = (folder: string): string => join(resolve(folder), 'files');

/** The data file that a server uses in a folder. */
export function dataFileIn(folder: string): string {
  return join(resolve(folder), 'confab.db');
}
