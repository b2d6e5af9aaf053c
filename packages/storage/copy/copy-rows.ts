import type { Migration } from '../database.ts';
import { pendingMigrations } from '../migrate.ts';
import { CopyRefused } from './copy-refused.ts';
import type { CopiedTable, RowSource, RowTarget } from './place.ts';
import { differenceOf, type Holdings, holdingsOf, TableDigest } from './table-digest.ts';

/** Told now and then while rows are copied or checked. */
export type Progress = (step: {
  readonly doing: 'copying' | 'checking';
  readonly table: string;
  /** Of this table, so far and in all. */
  readonly rows: number;
  readonly of: number;
}) => void;

/**
 * Copies all rows of a database into an empty one, which is brought to the same version of the schema by the same
 * migrations, and reads them back: the two are equal, or it throws.
 * @throws `DatabaseRefused` when the source was written by a newer Confab, `CopyRefused`, or what a database says.
 */
export async function copyRows(
  source: RowSource,
  target: RowTarget,
  migrations: readonly Migration[],
  progress: Progress,
): Promise<Holdings> {
  const applied = await source.applied();
  if (applied.length === 0) throw new CopyRefused(`There is nothing of Confab's in ${source.name}.`);
  pendingMigrations(applied, migrations, source.name);
  await target.build(migrations.slice(0, applied.length));
  const tables = await target.tables();
  requireSame(tables, await source.tables(), source.name);
  const told: Holdings = await digestAll(source, tables, applied.length, 'copying', progress, (table, rows) =>
    target.insert(table, rows),
  );
  await target.connect();
  await requireHoldings(target, tables, told, progress);
  return told;
}

/** @throws `CopyRefused` when a database does not hold exactly that. */
export async function requireHoldings(
  found: RowSource,
  tables: readonly CopiedTable[],
  expected: Holdings,
  progress: Progress,
): Promise<void> {
  const difference = differenceOf(expected, await digestAll(found, tables, expected.schema, 'checking', progress));
  if (difference !== undefined) throw new CopyRefused(`The copy in ${found.name} is not whole: ${difference}.`);
}

async function digestAll(
  source: RowSource,
  tables: readonly CopiedTable[],
  schema: number,
  doing: 'copying' | 'checking',
  progress: Progress,
  each: (table: CopiedTable, rows: Parameters<TableDigest['add']>[0]) => Promise<void> = async () => undefined,
): Promise<Holdings> {
  const held = [];
  for (const table of tables) {
    const digest = new TableDigest(table);
    const of = await source.count(table);
    for await (const rows of source.rows(table)) {
      digest.add(rows);
      await each(table, rows);
      progress({ doing, table: table.name, rows: digest.rows, of });
    }
    held.push({ name: table.name, rows: digest.rows, sha256: digest.end() });
  }
  return holdingsOf(schema, held);
}

/** A table or column that only one of the two has would be lost or left empty without a word. */
function requireSame(made: readonly CopiedTable[], found: readonly CopiedTable[], name: string): void {
  const described = (tables: readonly CopiedTable[]) =>
    new Map(tables.map((each) => [each.name, JSON.stringify(each)]));
  const [expected, given] = [described(made), described(found)];
  for (const table of new Set([...expected.keys(), ...given.keys()])) {
    if (expected.get(table) === given.get(table)) continue;
    const how = expected.has(table) ? 'is not as this Confab makes it' : 'was not made by Confab';
    throw new CopyRefused(`The table ${table} of ${name} ${how}. Nothing was copied.`);
  }
}
