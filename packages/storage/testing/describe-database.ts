import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, DatabaseUnavailable, Rollback } from '../database.ts';

/** Bounds that every implementation knows by these names. */
export interface DatabaseBounds {
  readonly maxQueuedWrites: number;
  readonly maxBatchWrites: number;
  readonly maxQueuedReads: number;
}

/** A place for one database, empty at first, that may be opened again after it was closed. */
export interface DatabasePlace {
  /** Opens it with the scripts and migrations of this folder. */
  open(bounds?: Partial<DatabaseBounds>): Promise<Database>;
  remove(): Promise<void>;
}

export interface DatabaseKind {
  readonly newPlace: () => Promise<DatabasePlace>;
  /** Whether what was stored is there when it is opened again. */
  readonly lasting: boolean;
}

/** The contract of the database port; every implementation runs it. */
export function describeDatabase(name: string, kind: DatabaseKind): void {
  describe(name, () => {
    let place: DatabasePlace;
    let opened: Database[];
    const open = async (bounds?: Partial<DatabaseBounds>): Promise<Database> => {
      const database = await place.open(bounds);
      opened.push(database);
      return database;
    };

    beforeEach(async () => {
      opened = [];
      place = await kind.newPlace();
    });
    afterEach(async () => {
      for (const database of opened) await database.close();
      await place.remove();
    });

    describeScripts(open);
    describeBatches(open);
    describeReads(open);
    describeBounds(open);
    describeClosing(open, kind.lasting);
  });
}

type Open = (bounds?: Partial<DatabaseBounds>) => Promise<Database>;

/** A text that says which entry it is for. */
const entry = (id: number): { id: number; text: string } => ({ id, text: `entry ${id}` });

function describeScripts(open: Open): void {
  test('a script returns what it computed from its rows', async () => {
    const database = await open();
    expect(await database.write('add', entry(1))).toBe(1);
    expect(await database.read('entry', { id: 1 })).toStrictEqual(entry(1));
    expect(await database.read('entry', { id: 2 })).toBeUndefined();
  });

  test('bytes and null pass through', async () => {
    const database = await open();
    const values = [new Uint8Array([0, 255, 7]), null];
    expect(await database.read('echo', { values })).toEqual(values);
  });

  test('a list of any length stands for each of its texts', async () => {
    const database = await open();
    const texts = ['plain', '', 'a "quoted" one, {with} \\ braces', "it's", 'é 😀', 'NULL'];
    await Promise.all(texts.map((text, id) => database.write('add', { id, text })));
    const found = (asked: string[]) => database.read('entriesOf', { texts: asked });
    expect(await found([])).toEqual([]);
    for (const [id, text] of texts.entries()) expect(await found([text])).toEqual([id]);
    expect(await found(texts)).toEqual(texts.map((_, id) => id));
    const more = Array.from({ length: 3_000 }, (_, index) => `another ${index}`);
    expect(await found([...more, 'plain', ...more, 'plain', 'é 😀'])).toEqual([0, 4]);
  });

  test('a rollback undoes the script and rejects with a rollback of an equal reason', async () => {
    const database = await open();
    const error = await database.write('addThenRollback', entry(1)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Rollback);
    expect((error as Rollback).reason).toEqual({ code: 'taken', at: [1, 2] });
    expect(await database.read('ids', {})).toEqual([]);
  });

  test('[C5] a mistake in a script rejects with its name and message, and its work is undone', async () => {
    const database = await open();
    await expect(database.write('addThenFail', entry(1))).rejects.toMatchObject({
      name: 'TypeError',
      message: 'a mistake in a script',
    });
    expect(await database.read('ids', {})).toEqual([]);
  });

  test('a broken constraint can be caught by the script that broke it', async () => {
    const database = await open();
    expect(await database.write('addIfFree', entry(1))).toBe('added');
    expect(await database.write('addIfFree', entry(1))).toBe('taken');
    await expect(database.write('add', entry(1))).rejects.not.toBeInstanceOf(DatabaseUnavailable);
  });

  test('what a script sends without waiting for it takes effect in its order, however much it is', async () => {
    const database = await open();
    await database.write('sendMany', { from: 1, count: 500 });
    expect(await database.read('ids', {})).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  });

  test('a broken constraint of what was only sent can be caught too, and otherwise undoes its script alone', async () => {
    const database = await open();
    const outcomes = await Promise.allSettled([
      database.write('add', entry(1)),
      database.write('sendMany', { from: 2, count: 3 }),
      database.write('sendMany', { from: 0, count: 3 }),
      database.write('sendIfFree', { ...entry(1), next: 7 }),
      database.write('add', entry(8)),
    ]);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, true, true]);
    expect(outcomes[3]).toMatchObject({ value: 'taken' });
    expect(outcomes[2]).not.toMatchObject({ reason: expect.any(DatabaseUnavailable) });
    expect(await database.read('ids', {})).toEqual([1, 2, 3, 4, 7, 8]);
  });

  test('a script that does not exist is refused, also when its name is that of something inherited', async () => {
    const database = await open();
    await expect(database.write('toString', {})).rejects.toThrow('no such script: toString');
    await expect(database.read('missing', {})).rejects.toThrow('no such script: missing');
  });

  test('a script may not end the transaction that it runs in', async () => {
    const database = await open();
    const neighbour = database.write('add', entry(1));
    await expect(database.write('endTransaction', entry(2))).rejects.toThrow('a script may not run: COMMIT');
    await neighbour;
    expect(await database.read('ids', {})).toEqual([1]);
  });

  test('a result or reason that cannot be cloned is a mistake, found while it can be undone', async () => {
    const database = await open();
    await expect(database.write('addThenReturnFunction', entry(1))).rejects.toThrow('may not hold a function');
    await expect(database.write('addThenRollbackFunction', entry(2))).rejects.toThrow('may not hold a function');
    expect(await database.read('ids', {})).toEqual([]);
  });
}

function describeBatches(open: Open): void {
  test('scripts take effect in the order of their arrival', async () => {
    const database = await open({ maxBatchWrites: 7 });
    const values = await Promise.all(Array.from({ length: 100 }, () => database.write<number>('next', {})));
    expect(values).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  test('scripts of one key take effect in the order of their arrival, whatever those of other keys do', async () => {
    const database = await open({ maxBatchWrites: 7 });
    const keys = ['left', 'right', 'middle'];
    const asked = Array.from({ length: 90 }, (_, index) => keys[index % keys.length] as string);
    const values = await Promise.all(asked.map((key) => database.write<number>('nextOf', { key }, key)));
    for (const key of keys) {
      const own = values.filter((_, index) => asked[index] === key);
      expect(own).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    }
  });

  test('scripts of different keys that meet in one row still count up one after the other', async () => {
    const database = await open();
    const values = await Promise.all(Array.from({ length: 40 }, (_, index) => database.write('next', {}, `${index}`)));
    expect(values.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  test('scripts that fail leave no trace in the batch that they were part of', async () => {
    const database = await open();
    const outcomes = await Promise.allSettled([
      database.write('next', {}),
      database.write('nextThenRollback', {}),
      database.write('addThenFail', entry(1)),
      database.write('add', entry(2)),
      database.write('add', entry(2)),
      database.write('missing', {}),
      database.write('next', {}),
    ]);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
    expect(outcomes[6]).toMatchObject({ value: 2 });
    expect(await database.read('ids', {})).toEqual([2]);
  });

  test('an input that cannot be cloned is refused alone', async () => {
    const database = await open();
    const outcomes = await Promise.allSettled([
      database.write('add', entry(1)),
      database.write('add', { id: 2, text: () => 'two' }),
      database.write('add', entry(3)),
    ]);
    expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: { name: 'DataCloneError' } });
    expect(await database.read('ids', {})).toEqual([1, 3]);
  });

  test('a constraint that is only checked at the commit rejects those who broke it and no one else', async () => {
    const database = await open();
    const outcomes = await Promise.allSettled([
      database.write('add', entry(1)),
      database.write('addChild', { id: 1, entry: 404 }),
      database.write('addChild', { id: 2, entry: 1 }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await database.read('ids', {})).toEqual([1]);
  });

  test('a script may be empty, and so may a commit', async () => {
    const database = await open();
    expect(await database.write('nothing', {})).toBeUndefined();
  });
}

function describeReads(open: Open): void {
  test('[L3] what was answered is seen by every read that begins afterwards', async () => {
    const database = await open();
    for (let id = 1; id <= 20; id++) {
      await database.write('add', entry(id));
      expect(await database.read('entry', { id })).toEqual(entry(id));
    }
  });

  test('[L8] a script that reads sees one snapshot, whatever is written meanwhile', async () => {
    const database = await open({ maxBatchWrites: 1 });
    let writing = true;
    const writes = Promise.all(Array.from({ length: 200 }, () => database.write('raiseBoth', {}))).finally(() => {
      writing = false;
    });
    while (writing) {
      const { left, right } = await database.read<{ left: number; right: number }>('readBoth', {});
      expect(left).toBe(right);
    }
    await writes;
    expect(await database.read('readBoth', {})).toEqual({ left: 200, right: 200 });
  });

  test('a script that reads cannot write', async () => {
    const database = await open();
    await expect(database.read('add', entry(1))).rejects.toThrow();
    expect(await database.read('ids', {})).toEqual([]);
    await database.write('add', entry(1));
    expect(await database.read('ids', {})).toEqual([1]);
  });
}

function describeBounds(open: Open): void {
  test('writes beyond the bound are refused as unavailable, and those before it are done', async () => {
    const database = await open({ maxQueuedWrites: 3 });
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((id) => database.write('add', entry(id))));
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, false, false]);
    expect(outcomes[4]).toMatchObject({ reason: expect.any(DatabaseUnavailable) });
    expect(await database.read('ids', {})).toEqual([1, 2, 3]);
    await database.write('add', entry(6));
  });

  test('reads beyond the bound are refused as unavailable', async () => {
    const database = await open({ maxQueuedReads: 2 });
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => database.read('ids', {})));
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false]);
    expect(outcomes[2]).toMatchObject({ reason: expect.any(DatabaseUnavailable) });
  });
}

function describeClosing(open: Open, lasting: boolean): void {
  test('closing finishes what was accepted', async () => {
    const database = await open({ maxBatchWrites: 4 });
    const writes = Promise.all(Array.from({ length: 50 }, () => database.write<number>('next', {})));
    const read = database.read('ids', {});
    await database.close();
    expect((await writes).at(-1)).toBe(50);
    expect(await read).toEqual([]);
  });

  test('a closed database is unavailable, and may be closed again', async () => {
    const database = await open();
    const closing = database.close();
    await expect(database.write('add', entry(1))).rejects.toBeInstanceOf(DatabaseUnavailable);
    await expect(database.read('ids', {})).rejects.toBeInstanceOf(DatabaseUnavailable);
    await closing;
    await database.close();
  });

  if (!lasting) return;

  test('[L3] what was answered is there when the database is opened again', async () => {
    const database = await open();
    await database.write('add', entry(1));
    await database.close();
    const again = await open();
    expect(await again.read('ids', {})).toEqual([1]);
  });
}
