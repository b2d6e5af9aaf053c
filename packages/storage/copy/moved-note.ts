import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseRefused } from '../database.ts';
import { syncFolder } from '../sync-folder.ts';

/** Beside a data file: that what it holds was moved elsewhere, or is being moved. */
export interface MovedNote {
  /** Of this move, the same on both sides. */
  readonly move: string;
  /** To where, in words. */
  readonly place: string;
}

const noteOf = (file: string): string => `${file}.moved`;
/** A data file in the making. */
export const unfinishedOf = (file: string): string => `${file}.unfinished`;

export function readNote(file: string): MovedNote | undefined {
  if (!existsSync(noteOf(file))) return undefined;
  return JSON.parse(readFileSync(noteOf(file), 'utf8')) as MovedNote;
}

/** Lasting when it returns. */
export function writeNote(file: string, note: MovedNote): void {
  const written = openSync(`${noteOf(file)}.part`, 'w', 0o600);
  try {
    writeSync(written, `${JSON.stringify(note)}\n`);
    fsyncSync(written);
  } finally {
    closeSync(written);
  }
  renameSync(`${noteOf(file)}.part`, noteOf(file));
  syncFolder(dirname(file));
}

export function removeNote(file: string): void {
  rmSync(noteOf(file), { force: true });
  syncFolder(dirname(file));
}

/** @throws `DatabaseRefused` when what a data file holds is not whole, or not what counts any more. */
export function requireSqliteHere(file: string): void {
  requireNoUnfinished(file);
  const note = readNote(file);
  if (note === undefined) return;
  throw new DatabaseRefused(
    'unsuitable',
    `What ${file} held was moved to ${note.place}, or is being moved: set CONFAB_DATABASE_URL to start there. ` +
      'If the move did not end, run "npm run confab -- promote" again. To leave PostgreSQL, use "npm run confab -- demote".',
  );
}

/** @throws `DatabaseRefused` when a copy into this place broke off. */
export function requireNoUnfinished(file: string): void {
  if (!existsSync(unfinishedOf(file))) return;
  throw new DatabaseRefused(
    'unsuitable',
    `A copy into ${file} was begun and has not ended. Run it again, or remove ${unfinishedOf(file)}.`,
  );
}
