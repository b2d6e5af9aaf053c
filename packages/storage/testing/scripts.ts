import { Rollback, type Scripts, type Step, sql } from '../database.ts';

/** The scripts that the contract suite and the fault tests run, beside the tables of `migrations.ts`. */

interface Entry {
  readonly id: number;
  readonly text: string;
}

function* add({ id, text }: Entry): Step<number> {
  return yield* sql.run('INSERT INTO entries (id, text) VALUES (?, ?)', id, text);
}

function taken(): Rollback {
  return new Rollback({ code: 'taken', at: [1, 2] });
}

export const scripts: Scripts = {
  add,
  *addThenRollback(entry: Entry): Step<never> {
    yield* add(entry);
    throw taken();
  },
  *addThenFail(entry: Entry): Step<void> {
    yield* add(entry);
    throw new TypeError('a mistake in a script');
  },
  *addThenReturnFunction(entry: Entry): Step<unknown> {
    yield* add(entry);
    return { deep: [() => entry] };
  },
  *addThenRollbackFunction(entry: Entry): Step<unknown> {
    yield* add(entry);
    throw new Rollback(() => entry);
  },
  /** Catches the broken constraint and says so. */
  *addIfFree(entry: Entry): Step<'added' | 'taken'> {
    try {
      yield* add(entry);
      return 'added';
    } catch {
      return 'taken';
    }
  },
  /** The same for a statement whose outcome it did not want, and then goes on. */
  *sendIfFree({ id, text, next }: Entry & { next: number }): Step<'added' | 'taken'> {
    let said: 'added' | 'taken' = 'added';
    try {
      yield* sql.send('INSERT INTO entries (id, text) VALUES (?, ?)', id, text);
    } catch {
      said = 'taken';
    }
    yield* sql.send('INSERT INTO entries (id, text) VALUES (?, ?)', next, text);
    return said;
  },
  /** Sends more than goes on its way at once, and ends with what it sent last. */
  *sendMany({ from, count }: { from: number; count: number }): Step<void> {
    for (let id = from; id < from + count; id++) {
      yield* sql.send('INSERT INTO entries (id, text) VALUES (?, ?)', id, 'sent');
    }
  },
  /** A number that each script takes and raises: it tells in which order they ran. */
  *next(): Step<number> {
    const row = yield* sql.get<{ value: number }>('UPDATE counters SET value = value + 1 RETURNING value');
    return row?.value ?? 0;
  },
  /** The same, for each key by itself. */
  *nextOf({ key }: { key: string }): Step<number> {
    const row = yield* sql.get<{ value: number }>(
      `INSERT INTO keyed_counters (name, value) VALUES (?, 1)
       ON CONFLICT (name) DO UPDATE SET value = keyed_counters.value + 1 RETURNING value`,
      key,
    );
    return row?.value ?? 0;
  },
  /** Raises one number after it read all of them, and tells their sum: no two of these can run beside each other. */
  *addOneToAll({ key }: { key: string }): Step<number> {
    const all = yield* sql.get<{ sum: number }>(
      'SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) AS sum FROM keyed_counters',
    );
    yield* sql.run(
      `INSERT INTO keyed_counters (name, value) VALUES (?, 1)
       ON CONFLICT (name) DO UPDATE SET value = keyed_counters.value + 1`,
      key,
    );
    return (all?.sum ?? 0) + 1;
  },
  *nextThenRollback(): Step<never> {
    yield* sql.run('UPDATE counters SET value = value + 1');
    throw taken();
  },
  /** Two rows that every snapshot must see equal. */
  *raiseBoth(): Step<void> {
    yield* sql.run('UPDATE pairs SET value = value + 1 WHERE side = ?', 'left');
    yield* sql.run('UPDATE pairs SET value = value + 1 WHERE side = ?', 'right');
  },
  /** Two rows in the order that is asked for: two that run beside each other wait for one another. */
  *raiseInOrder({ sides }: { sides: string[] }): Step<void> {
    for (const side of sides) yield* sql.run('UPDATE pairs SET value = value + 1 WHERE side = ?', side);
  },
  /** Reads one row and writes the other: with only its own snapshot to go by, each of two would be allowed. */
  *takeUnlessTaken({ own, other }: { own: string; other: string }): Step<boolean> {
    const row = yield* sql.get<{ value: number }>('SELECT value FROM pairs WHERE side = ?', other);
    if (row?.value !== 0) return false;
    yield* sql.run('UPDATE pairs SET value = 1 WHERE side = ?', own);
    return true;
  },
  *readBoth(): Step<{ left: number; right: number }> {
    const left = yield* sql.get<{ value: number }>('SELECT value FROM pairs WHERE side = ?', 'left');
    const right = yield* sql.get<{ value: number }>('SELECT value FROM pairs WHERE side = ?', 'right');
    return { left: left?.value ?? 0, right: right?.value ?? 0 };
  },
  /** Broken until the end of the transaction if the entry does not exist. */
  *addChild({ id, entry }: { id: number; entry: number }): Step<number> {
    return yield* sql.run('INSERT INTO children (id, entry) VALUES (?, ?)', id, entry);
  },
  *ids(): Step<number[]> {
    const rows = yield* sql.all<{ id: number }>('SELECT id FROM entries ORDER BY id');
    return rows.map(({ id }) => id);
  },
  *entry({ id }: { id: number }): Step<Entry | undefined> {
    return yield* sql.get<Entry>('SELECT id, text FROM entries WHERE id = ?', id);
  },
  /** Those of a list that are there. */
  *entriesOf({ texts }: { texts: string[] }): Step<number[]> {
    const rows = yield* sql.all<{ id: number }>('SELECT id FROM entries WHERE text = ANY (?) ORDER BY id', texts);
    return rows.map(({ id }) => id);
  },
  /** Sends values through a statement and back. */
  *echo({ values }: { values: (string | number | null | Uint8Array)[] }): Step<unknown> {
    const echoed: unknown[] = [];
    for (const value of values) {
      const row = yield* sql.get<{ value: unknown }>('SELECT CAST(? AS BLOB) AS value', value);
      echoed.push(row?.value);
    }
    return echoed;
  },
  /** Many rows in one script, to keep the writer busy. */
  *addMany({ from, count, text }: { from: number; count: number; text: string }): Step<void> {
    for (let id = from; id < from + count; id++) yield* add({ id, text });
  },
  *endTransaction(entry: Entry): Step<void> {
    yield* add(entry);
    yield* sql.run('COMMIT');
  },
  *nothing(): Step<void> {},
};
