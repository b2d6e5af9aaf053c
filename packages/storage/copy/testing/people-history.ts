import { DatabaseSync } from 'node:sqlite';
import type { Migration } from '../../database.ts';
import { defaultLimits } from '../../sqlite/limits.ts';
import { migrateSqlite } from '../../sqlite/migrate-sqlite.ts';

/** A schema with what makes copying hard: rows that refer to later ones, seeds, several kinds of values and keys. */
export const peopleHistory: readonly Migration[] = [
  {
    version: 1,
    name: 'people',
    sql: [
      'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
      "INSERT INTO settings (name, value) VALUES ('colour', 'blue')",
      'CREATE TABLE people (name TEXT PRIMARY KEY, friend TEXT REFERENCES people (name), age BIGINT)',
    ],
  },
  {
    version: 2,
    name: 'letters',
    sql: [
      `CREATE TABLE letters (
        author TEXT NOT NULL REFERENCES people (name), number BIGINT NOT NULL, text TEXT NOT NULL, bytes BLOB,
        weight DOUBLE PRECISION, PRIMARY KEY (author, number))`,
      'CREATE INDEX letters_texts ON letters (text)',
    ],
  },
];

const texts = ['', 'Grüße', '日本語', '👋🏽 ok', "it's", 'a\nb\tc', '\\N', 'Zebra', 'zebra', 'é', 'é'];

/** Makes a data file with so many letters, of values that two databases may treat differently. */
export function fillPeople(file: string, letters = 600, migrations = peopleHistory): void {
  migrateSqlite(file, migrations, defaultLimits);
  const database = new DatabaseSync(file);
  database.exec("UPDATE settings SET value = 'green'");
  database.exec('PRAGMA foreign_keys = OFF');
  const person = database.prepare('INSERT INTO people (name, friend, age) VALUES (?, ?, ?)');
  person.run('ada', 'zoë', 9_007_199_254_740_993n);
  person.run('Zacharias', null, -1);
  person.run('zoë', 'ada', null);
  const letter = database.prepare('INSERT INTO letters (author, number, text, bytes, weight) VALUES (?, ?, ?, ?, ?)');
  database.exec('BEGIN');
  for (let number = 0; number < letters; number++) {
    const bytes = number % 3 === 0 ? null : new Uint8Array([number & 0xff, 0, 255]);
    const author = ['ada', 'Zacharias', 'zoë'][number % 3] ?? '';
    letter.run(author, number * 7, texts[number % texts.length] ?? '', bytes, number % 2 === 0 ? null : number / 7);
  }
  database.exec('COMMIT');
  database.close();
}

/** All rows of a data file. */
export function everythingIn(file: string): Record<string, unknown[]> {
  const database = new DatabaseSync(file, { readOnly: true });
  const all = (sql: string): unknown[] => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all();
  };
  const rows = {
    settings: all('SELECT * FROM settings ORDER BY name'),
    people: all('SELECT * FROM people ORDER BY name'),
    letters: all('SELECT * FROM letters ORDER BY author, number'),
  };
  database.close();
  return rows;
}
