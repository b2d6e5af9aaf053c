import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Migration } from '../database.ts';
import { DataFileLock } from '../sqlite/data-file-lock.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { backUp, type Manifest, restore } from './index.ts';
import { seal, sealBytes } from './seal.ts';
import { everythingIn, fillPeople, peopleHistory } from './testing/people-history.ts';

let folder: string;
let data: string;
let backup: string;
let restored: string;
beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder, 'confab.db');
  backup = join(folder, 'monday.backup');
  restored = join(folder, 'elsewhere', 'confab.db');
});

const progress = (): void => undefined;
const facts = { letters: 'SELECT COUNT(*) FROM letters' };
const save = (migrations = peopleHistory, file = backup): Promise<Manifest> =>
  backUp({ file: data }, file, { migrations, version: '1.2.3', now: 5_000, facts, progress });
const bring = (file = backup, migrations = peopleHistory): Promise<Manifest> =>
  restore(file, { file: restored }, { migrations, changes: [], progress });
const sentence = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it went well',
    (error: Error) => error.message,
  );

describe('a backup', () => {
  test('holds every row, says what it holds, and is for its owner alone', async () => {
    fillPeople(data);
    const manifest = await save();
    expect(manifest).toMatchObject({ writtenBy: '1.2.3', at: 5_000, from: 'SQLite', facts: { letters: 600 } });
    expect(manifest.holdings).toMatchObject({ schema: 2, rows: 604 });
    expect(manifest.holdings.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['letters', 600],
      ['people', 3],
      ['settings', 1],
    ]);
    expect(everythingIn(backup)).toEqual(everythingIn(data));
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(existsSync(`${backup}.part`)).toBe(false);
  });

  test('is one that any SQLite finds in order', async () => {
    fillPeople(data);
    await save();
    const database = new DatabaseSync(backup, { readOnly: true });
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  test('is of one moment while others write, and does not keep them from writing', async () => {
    fillPeople(data);
    const before = everythingIn(data);
    const writer = new DatabaseSync(data);
    let written = 0;
    await backUp({ file: data }, backup, {
      migrations: peopleHistory,
      ...{ version: '1', now: 0, facts },
      progress: () => {
        writer.exec(`INSERT INTO people (name) VALUES ('late ${written}')`);
        writer.exec(`INSERT INTO letters (author, number, text) VALUES ('late ${written}', 1, '')`);
        written += 1;
      },
    });
    writer.close();
    expect(written).toBeGreaterThan(3);
    expect(everythingIn(backup)).toEqual(before);
  });

  test('has the same hash for the same rows, and another one for any other', async () => {
    fillPeople(data);
    const first = await save();
    const second = await save(peopleHistory, `${backup}.2`);
    expect(second.holdings).toEqual(first.holdings);
    const writer = new DatabaseSync(data);
    writer.exec("UPDATE letters SET text = 'x' WHERE number = 7");
    writer.close();
    const third = await save(peopleHistory, `${backup}.3`);
    expect(third.holdings.rows).toBe(first.holdings.rows);
    expect(third.holdings.sha256).not.toBe(first.holdings.sha256);
  });

  test('never takes the place of a file that is there', async () => {
    fillPeople(data);
    const before = readFileSync(data);
    expect(await sentence(save(peopleHistory, data))).toContain(`${data} is there already`);
    expect(readFileSync(data).equals(before)).toBe(true);
  });

  test('of a newer schema, of nothing and of a foreign file is refused, and leaves no file', async () => {
    expect(await sentence(save())).toBe(`There is no database ${data}.`);
    fillPeople(data);
    expect(await sentence(save(peopleHistory.slice(0, 1)))).toContain('is at schema version 2 (letters)');
    expect(existsSync(backup)).toBe(false);
    expect(existsSync(`${backup}.part`)).toBe(false);
    writeFileSync(join(folder, 'foreign.db'), 'hello '.repeat(1_000));
    const options = { migrations: peopleHistory, version: '1', now: 0, facts, progress };
    expect(await sentence(backUp({ file: join(folder, 'foreign.db') }, backup, options))).toContain(
      'cannot be read as a database',
    );
  });

  test('of a table that nobody would copy is refused by its name', async () => {
    const keyless: Migration = { version: 3, name: 'keyless', sql: ['CREATE TABLE keyless (value BIGINT)'] };
    fillPeople(data, 1, [...peopleHistory, keyless]);
    expect(await sentence(save([...peopleHistory, keyless]))).toContain('The table keyless');
    const foreign = new DatabaseSync(data);
    foreign.exec(
      'DROP TABLE keyless; CREATE TABLE of_others (id BIGINT PRIMARY KEY); DELETE FROM schema_versions WHERE version = 3',
    );
    foreign.close();
    expect(await sentence(save())).toContain('The table of_others');
  });
});

describe('restoring a backup', () => {
  test('gives every row back, those of an older schema too, and the changes that were asked for', async () => {
    fillPeople(data);
    await save();
    const change = { sql: 'UPDATE people SET age = ? WHERE name = ?', params: [7, 'ada'] };
    await restore(backup, { file: restored }, { migrations: peopleHistory, changes: [change], progress });
    const [was, is] = [everythingIn(data), everythingIn(restored)];
    expect(is.letters).toEqual(was.letters);
    expect(is.people).toEqual([was.people?.[0], { ...(was.people?.[1] as object), age: 7n }, was.people?.[2]]);
    const next: Migration = { version: 3, name: 'more', sql: ['CREATE TABLE more (id BIGINT PRIMARY KEY)'] };
    restored = join(folder, 'later', 'confab.db');
    await bring(backup, [...peopleHistory, next]);
    expect(everythingIn(restored)).toEqual(was);
  });

  test('is refused where there is something, and where someone is', async () => {
    fillPeople(data);
    await save();
    const lock = new DataFileLock(restored);
    expect(await sentence(bring())).toContain('is in use by process');
    lock.release();
    await bring();
    expect(await sentence(bring())).toContain(`${restored} is there already`);
  });

  test('of a file that is not a backup, or of which a part is missing, is refused', async () => {
    fillPeople(data);
    await save();
    expect(await sentence(bring(join(folder, 'none')))).toContain('There is no file');
    expect(await sentence(bring(data))).toContain("is not a backup of Confab's");
    const whole = readFileSync(backup);
    for (const bytes of [0, 50, whole.length - 1, whole.length - 4096]) {
      writeFileSync(`${backup}.cut`, whole.subarray(0, bytes));
      expect(await sentence(bring(`${backup}.cut`))).toContain('not a whole one');
    }
    expect(existsSync(restored)).toBe(false);
  });

  test('finds a flipped bit anywhere in the file', async () => {
    fillPeople(data, 40);
    await save();
    const whole = readFileSync(backup);
    const damaged = `${backup}.damaged`;
    for (let at = 0; at < whole.length; at += 97) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(damaged, bytes);
      expect(await sentence(bring(damaged)), `byte ${at}`).toMatch(/was damaged or changed|not a whole one/);
    }
    expect(existsSync(restored)).toBe(false);
  });

  test('finds that a backup was changed and sealed anew', async () => {
    fillPeople(data);
    await save();
    const bytes = readFileSync(backup);
    writeFileSync(backup, bytes.subarray(0, bytes.length - sealBytes));
    const changed = new DatabaseSync(backup);
    changed.exec("UPDATE people SET age = 8 WHERE name = 'ada'");
    changed.close();
    seal(backup);
    expect(await sentence(bring())).toContain('does not hold what it says: the rows of people');
    expect(existsSync(restored)).toBe(false);
  });

  test('of a newer schema is refused', async () => {
    fillPeople(data, 1);
    await save();
    expect(await sentence(bring(backup, peopleHistory.slice(0, 1)))).toContain('knows versions up to 1');
    expect(existsSync(restored)).toBe(false);
    expect(existsSync(`${restored}.unfinished`)).toBe(false);
  });
});
