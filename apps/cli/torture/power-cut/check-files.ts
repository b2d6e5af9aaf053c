import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Verdict {
  /** Acknowledged ids that are not in the database. */
  readonly lost: readonly number[];
  readonly stored: ReadonlySet<number>;
  /** What SQLite finds wrong with it; `undefined` if nothing. */
  readonly damage: string | undefined;
}

/** Opens a database as the power cut left it, in `folder`, and looks for what was acknowledged. */
export function checkFiles(
  files: ReadonlyMap<string, Buffer>,
  database: string,
  acknowledged: readonly number[],
  folder: string,
): Verdict {
  if (!files.has(database)) return { lost: acknowledged, stored: new Set(), damage: undefined };
  mkdirSync(folder);
  try {
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    return checkDatabase(join(folder, database), acknowledged);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Opens a data file that no one uses, as its writer left it. */
export function checkDatabase(file: string, acknowledged: readonly number[]): Verdict {
  const database = new DatabaseSync(file);
  try {
    // The check itself need not outlive a power cut.
    database.exec('PRAGMA synchronous = OFF');
    const findings = database
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => String(row.integrity_check));
    if (findings.length !== 1 || findings[0] !== 'ok')
      return { lost: [], stored: new Set(), damage: findings.join('; ') };
    const stored = storedIds(database);
    return { lost: acknowledged.filter((id) => !stored.has(id)), stored, damage: undefined };
  } catch (error) {
    return { lost: [], stored: new Set(), damage: error instanceof Error ? error.message : String(error) };
  } finally {
    database.close();
  }
}

function storedIds(database: DatabaseSync): Set<number> {
  const table = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'entries'`).get();
  // The power may have been cut before the first migration was done.
  if (table === undefined) return new Set();
  return new Set(
    database
      .prepare('SELECT id FROM entries')
      .all()
      .map((row) => Number(row.id)),
  );
}
