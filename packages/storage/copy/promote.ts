import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Migration } from '../database.ts';
import { DataFileLock } from '../sqlite/data-file-lock.ts';
import { CommitUnknown, CopyRefused } from './copy-refused.ts';
import { copyRows, type Progress } from './copy-rows.ts';
import { type MovedNote, readNote, removeNote, requireNoUnfinished, writeNote } from './moved-note.ts';
import { intoPostgres } from './postgres-arrival.ts';
import { nameOfPostgres } from './postgres-session.ts';
import { SqliteSource } from './sqlite-source.ts';
import type { Holdings } from './table-digest.ts';

export interface PromoteOptions {
  readonly migrations: readonly Migration[];
  readonly progress: Progress;
}

/**
 * Moves a data file, which no server may use meanwhile, into an empty PostgreSQL database. Beside the file it is noted
 * that its data lives there now. A move that broke off is made whole by the same call; `undefined`: it was already.
 * @throws `CopyRefused` or `DatabaseRefused` with a sentence, or what the databases or the disk say.
 */
export async function promote(named: string, url: string, options: PromoteOptions): Promise<Holdings | undefined> {
  const place = nameOfPostgres(url);
  if (!existsSync(named)) throw new CopyRefused(`There is no database ${named}.`);
  const lock = new DataFileLock(named);
  try {
    const { file } = lock;
    requireNoUnfinished(file);
    const earlier = earlierNote(file, place);
    const note = earlier ?? { move: randomUUID(), place };
    // Before anything can be there: no server may go on here with what is somewhere else too.
    if (earlier === undefined) writeNote(file, note);
    try {
      return await copy(file, url, note, options);
    } catch (error) {
      // An earlier attempt may have come further than this one.
      if (earlier === undefined && !(error instanceof CommitUnknown)) removeNote(file);
      throw error;
    }
  } finally {
    lock.release();
  }
}

/** Of a move to the same place that was begun and may not have ended. */
function earlierNote(file: string, place: string): MovedNote | undefined {
  const earlier = readNote(file);
  if (earlier === undefined || earlier.place === place) return earlier;
  throw new CopyRefused(`What ${file} held was moved to ${earlier.place}, or is being moved. Nothing was copied.`);
}

async function copy(
  file: string,
  url: string,
  { move }: MovedNote,
  { migrations, progress }: PromoteOptions,
): Promise<Holdings | undefined> {
  const source = SqliteSource.open(file);
  try {
    return await intoPostgres({ url, move, from: file }, (target) => copyRows(source, target, migrations, progress));
  } finally {
    source.close();
  }
}
