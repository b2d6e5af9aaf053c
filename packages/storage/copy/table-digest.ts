import { createHash, type Hash } from 'node:crypto';
import type { CopiedRow, CopiedTable, CopiedValue } from './place.ts';

/**
 * SHA-256 of a table's rows in a form that is the same whichever database holds them: the names of its columns, then
 * its rows in the order of its key, each value with its kind and length, so that no two contents have the same form.
 */
export class TableDigest {
  rows = 0;
  readonly #hash: Hash = createHash('sha256');

  constructor({ name, columns, key }: CopiedTable) {
    this.#hash.update(`${JSON.stringify([name, columns, key])}\n`);
  }

  add(rows: readonly CopiedRow[]): void {
    this.rows += rows.length;
    this.#hash.update(rows.map((row) => `${row.map(canonical).join('')}\n`).join(''));
  }

  /** In hex. Nothing can be added after. */
  end(): string {
    return this.#hash.digest('hex');
  }
}

function canonical(value: CopiedValue): string {
  if (value === null) return 'n';
  switch (typeof value) {
    case 'bigint':
      return `i${value};`;
    case 'string':
      return `t${Buffer.byteLength(value)}:${value}`;
    case 'number': {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleBE(value);
      return `r${bytes.toString('hex')}`;
    }
    default:
      return `b${value.length}:${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`;
  }
}

/** What a whole database holds. */
export interface Holdings {
  /** The version of the schema. */
  readonly schema: number;
  /** By name. */
  readonly tables: readonly TableHoldings[];
  readonly rows: number;
  /** SHA-256 over the digests of all tables, in hex. */
  readonly sha256: string;
}

export interface TableHoldings {
  readonly name: string;
  readonly rows: number;
  readonly sha256: string;
}

export function holdingsOf(schema: number, tables: readonly TableHoldings[]): Holdings {
  const ordered = tables.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const hash = createHash('sha256').update(`schema ${schema}\n`);
  for (const { name, rows, sha256 } of ordered) hash.update(`${name} ${rows} ${sha256}\n`);
  return {
    schema,
    tables: ordered,
    rows: ordered.reduce((sum, { rows }) => sum + rows, 0),
    sha256: hash.digest('hex'),
  };
}

/** The first table in which two differ, in words; `undefined` when they are equal. */
export function differenceOf(expected: Holdings, found: Holdings): string | undefined {
  if (expected.sha256 === found.sha256) return undefined;
  const names = new Set([...expected.tables, ...found.tables].map(({ name }) => name));
  for (const name of names) {
    const [was, is] = [expected, found].map(({ tables }) => tables.find((table) => table.name === name));
    if (was === undefined || is === undefined) return `the table ${name} is on one side only`;
    if (was.rows !== is.rows) return `the table ${name} has ${is.rows} rows instead of ${was.rows}`;
    if (was.sha256 !== is.sha256) return `the rows of ${name} are not those that were copied`;
  }
  return `the schema is version ${found.schema} instead of ${expected.schema}`;
}
