import { resolve } from 'node:path';
import type { Migration, SqlValue } from '../database.ts';
import { type Manifest, withBackup } from './backup-file.ts';
import { CopyRefused } from './copy-refused.ts';
import { copyRows, type Progress } from './copy-rows.ts';
import type { RowSource, RowTarget } from './place.ts';
import type { DatabasePlace } from './place-of.ts';
import { intoPostgres } from './postgres-arrival.ts';
import { intoSqlite } from './sqlite-arrival.ts';
import { differenceOf } from './table-digest.ts';

/** A statement of the common dialect that writes. */
export interface Change {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

export interface RestoreOptions {
  readonly migrations: readonly Migration[];
  /** Made in the copy after it was checked: what has to differ from the original. */
  readonly changes: readonly Change[];
  readonly progress: Progress;
}

/**
 * Brings a backup to an empty place, checks there that it is what the backup holds, and makes the changes. Whenever it
 * breaks off, there is all of it or nothing that a server would start on.
 * @throws `CopyRefused` or `DatabaseRefused` with a sentence, or what the databases or the disk say.
 */
export async function restore(file: string, to: DatabasePlace, options: RestoreOptions): Promise<Manifest> {
  const path = resolve(file);
  return withBackup(path, async (source, manifest) => {
    const fill = (target: RowTarget): Promise<void> => refill(source, manifest, target, options);
    if ('file' in to) await intoSqlite({ file: to.file }, fill);
    else await intoPostgres({ url: to.url, move: '', from: path }, fill);
    return manifest;
  });
}

async function refill(source: RowSource, { holdings }: Manifest, target: RowTarget, options: RestoreOptions) {
  const copied = await copyRows(source, target, options.migrations, options.progress);
  const difference = differenceOf(holdings, copied);
  if (difference !== undefined) throw new CopyRefused(`${source.name} does not hold what it says: ${difference}.`);
  for (const { sql, params } of options.changes) await target.change(sql, params);
}
