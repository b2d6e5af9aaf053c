import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Migration } from '../database.ts';
import { type Manifest, writeManifest } from './backup-file.ts';
import { CopyRefused } from './copy-refused.ts';
import { copyRows, type Progress } from './copy-rows.ts';
import { makeFile } from './new-file.ts';
import type { RowSource, RowTarget } from './place.ts';
import { type DatabasePlace, withSource } from './place-of.ts';
import { seal } from './seal.ts';
import { SqliteTarget } from './sqlite-target.ts';

export interface BackupOptions {
  readonly migrations: readonly Migration[];
  /** Of this program. */
  readonly version: string;
  /** Unix milliseconds. */
  readonly now: number;
  /** Queries that each answer with one number, by the names that the backup tells them under. */
  readonly facts: Readonly<Record<string, string>>;
  readonly progress: Progress;
}

/**
 * Writes all that a database holds in one moment to one file, which any SQLite can read, while others go on with it.
 * @throws `CopyRefused` or `DatabaseRefused` with a sentence, or what the databases or the disk say; then there is no file.
 */
export async function backUp(from: DatabasePlace, file: string, options: BackupOptions): Promise<Manifest> {
  const path = resolve(file);
  const unfinished = `${path}.part`;
  if (existsSync(path)) throw new CopyRefused(`${path} is there already. Nothing was written.`);
  return withSource(from, (source) =>
    makeFile(path, unfinished, async () => {
      const target = SqliteTarget.open(unfinished, path);
      let manifest: Manifest;
      try {
        manifest = await fill(target, source, options);
      } finally {
        target.close();
      }
      seal(unfinished);
      return manifest;
    }),
  );
}

async function fill(target: RowTarget, source: RowSource, options: BackupOptions): Promise<Manifest> {
  const holdings = await copyRows(source, target, options.migrations, options.progress);
  const facts: Record<string, number> = {};
  for (const [name, query] of Object.entries(options.facts)) facts[name] = await target.figure(query);
  const { version: writtenBy, now: at } = options;
  return writeManifest(target, { writtenBy, at, from: source.kind, holdings, facts });
}
