import { existsSync } from 'node:fs';
import { CopyRefused } from './copy-refused.ts';
import type { RowSource, RowTarget } from './place.ts';
import { requireSeal } from './seal.ts';
import { quoted } from './sqlite-rows.ts';
import { SqliteSource } from './sqlite-source.ts';
import type { Holdings } from './table-digest.ts';

const format = 1;

/** What a backup says of itself. */
export interface Manifest {
  readonly format: number;
  /** The version of the Confab that wrote it. */
  readonly writtenBy: string;
  /** Unix milliseconds, when it was begun. */
  readonly at: number;
  readonly from: RowSource['kind'];
  readonly holdings: Holdings;
  /** Figures by their names, as whoever made it wanted them told. */
  readonly facts: Readonly<Record<string, number>>;
}

export async function writeManifest(target: RowTarget, told: Omit<Manifest, 'format'>): Promise<Manifest> {
  const manifest: Manifest = { format, ...told };
  await target.change(`CREATE TABLE ${quoted('confab_backup')} (manifest TEXT NOT NULL)`, []);
  await target.change('INSERT INTO confab_backup (manifest) VALUES (?)', [JSON.stringify(manifest)]);
  return manifest;
}

/**
 * Opens a backup to read from, after each of its bytes was checked.
 * @throws `CopyRefused` when it is not one, is damaged, or is in a form that this program does not know.
 */
export async function withBackup<T>(
  file: string,
  use: (source: RowSource, manifest: Manifest) => Promise<T>,
): Promise<T> {
  if (!existsSync(file)) throw new CopyRefused(`There is no file ${file}.`);
  requireSeal(file);
  const source = SqliteSource.open(file);
  try {
    const manifest = JSON.parse(source.text('SELECT manifest FROM confab_backup')) as Manifest;
    if (manifest.format !== format)
      throw new CopyRefused(
        `${file} was written by Confab ${manifest.writtenBy}, in a form that this one cannot read.`,
      );
    return await use(source, manifest);
  } finally {
    source.close();
  }
}
