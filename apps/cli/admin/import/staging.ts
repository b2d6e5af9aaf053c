import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ExportItem, Gathering, LeftOut, MessageRef } from './export-model.ts';

export interface StagedItem {
  readonly at: number;
  /** Orders what happened in one moment, and tells it apart. */
  readonly key: string;
  readonly item: ExportItem;
}

const ranks = { post: 0, edit: 1, reaction: 2, pin: 3 } as const;
const padded = (number: number, digits: number): string => `${number}`.padStart(digits, '0');

/** The same for an item in each export in which it stands. */
function sortKeyOf(item: ExportItem): string {
  const of = item.what === 'post' ? item : item.of;
  const which = `${ranks[item.what]}:${padded(of.counter, 4)}:${of.key}`;
  return item.what === 'reaction' ? `${which}:${padded(item.order, 6)}` : which;
}

/**
 * What was read of an export, in a file of its own until it is brought: exports come in any order, and rooms are to
 * be told in the order of time, however large they are.
 */
export class Staging implements Gathering {
  readonly #folder = mkdtempSync(join(tmpdir(), 'confab-import-'));
  readonly #database: DatabaseSync;
  readonly #put: ReturnType<DatabaseSync['prepare']>;
  readonly #find: ReturnType<DatabaseSync['prepare']>;
  readonly #leftOut = new Map<string, Map<LeftOut, number>>();

  constructor() {
    this.#database = new DatabaseSync(join(this.#folder, 'items.db'));
    this.#database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768;
      CREATE TABLE items (room TEXT NOT NULL, at INTEGER NOT NULL, key TEXT NOT NULL, what TEXT NOT NULL,
        data TEXT NOT NULL, PRIMARY KEY (room, at, key)) WITHOUT ROWID; BEGIN`);
    this.#find = this.#database.prepare('SELECT data FROM items WHERE room = ? AND at = ? AND key = ?');
    this.#put = this.#database.prepare(
      'INSERT INTO items (room, at, key, what, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
  }

  item(room: string, item: ExportItem): void {
    const { changes } = this.#put.run(room, item.at, sortKeyOf(item), item.what, JSON.stringify(item));
    if (changes === 0 && item.what === 'post') this.leftOut(room, 'doubled');
  }

  hasOther(room: string, ref: MessageRef, text: string): boolean {
    const row = this.#find.get(room, ref.at, sortKeyOf({ what: 'post', ...ref, by: '', text }));
    return row !== undefined && (JSON.parse(String(row.data)) as { text: string }).text !== text;
  }

  leftOut(room: string, reason: LeftOut, count = 1): void {
    const reasons = this.#leftOut.get(room) ?? new Map<LeftOut, number>();
    reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    this.#leftOut.set(room, reasons);
  }

  leftOutOf(room: string): ReadonlyMap<LeftOut, number> {
    return this.#leftOut.get(room) ?? new Map();
  }

  /** Rooms of which something is left out, also those that are on no list. */
  roomsLeftOut(): string[] {
    return [...this.#leftOut.keys()];
  }

  /** How many there are of what in a room, after a moment. */
  countsOf(room: string, after: { at: number; key: string } = { at: -1, key: '' }): ReadonlyMap<string, number> {
    const rows = this.#database
      .prepare('SELECT what, COUNT(*) AS n FROM items WHERE room = ? AND (at, key) > (?, ?) GROUP BY what')
      .all(room, after.at, after.key);
    return new Map(rows.map(({ what, n }) => [String(what), Number(n)]));
  }

  firstAt(room: string): number | null {
    const row = this.#database.prepare('SELECT MIN(at) AS at FROM items WHERE room = ?').get(room);
    return row?.at === null || row?.at === undefined ? null : Number(row.at);
  }

  /** Everything that happened in a room in the order of time, `size` at a time. */
  *slices(room: string, size: number): Generator<StagedItem[]> {
    const next = this.#database.prepare(
      'SELECT at, key, data FROM items WHERE room = ? AND (at, key) > (?, ?) ORDER BY at, key LIMIT ?',
    );
    let after: { at: number; key: string } = { at: -1, key: '' };
    for (;;) {
      const rows = next.all(room, after.at, after.key, size);
      const items = rows.map(({ at, key, data }) => ({
        at: Number(at),
        key: String(key),
        item: JSON.parse(String(data)) as ExportItem,
      }));
      if (items.length > 0) yield items;
      const last = items.at(-1);
      if (!last || items.length < size) return;
      after = last;
    }
  }

  remove(): void {
    this.#database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
