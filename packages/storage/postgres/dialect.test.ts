import { expect, test } from 'vitest';
import { translate } from './dialect.ts';

const table: readonly (readonly [what: string, sql: string, text: string])[] = [
  [
    'marks are numbered',
    'SELECT a FROM t WHERE b = ? AND c IN (?, ?)',
    'SELECT a FROM t WHERE b = $1 AND c IN ($2, $3)',
  ],
  ['a mark in a text stays', "SELECT '?' AS q, ? AS p", "SELECT '?' AS q, $1 AS p"],
  ['a doubled quote does not end a text', "SELECT 'it''s ?', ?", "SELECT 'it''s ?', $1"],
  ['a mark in a name stays', 'SELECT "a?""?" FROM t WHERE x = ?', 'SELECT "a?""?" FROM t WHERE x = $1'],
  ['a mark in a comment stays', 'SELECT 1 -- ?\nWHERE 1 = ? /* ?\n? */', 'SELECT 1 -- ?\nWHERE 1 = $1 /* ?\n? */'],
  ['bytes have their own word', 'SELECT CAST(? AS BLOB)', 'SELECT CAST($1 AS BYTEA)'],
  [
    'texts are ordered by their bytes',
    'CREATE TABLE t (id TEXT PRIMARY KEY, text TEXT, n BIGINT)',
    'CREATE TABLE t (id TEXT COLLATE "C" PRIMARY KEY, text TEXT COLLATE "C", n BIGINT)',
  ],
  [
    'also in a column that is added',
    "ALTER TABLE t ADD COLUMN kind TEXT NOT NULL DEFAULT 'TEXT'",
    `ALTER TABLE t ADD COLUMN kind TEXT COLLATE "C" NOT NULL DEFAULT 'TEXT'`,
  ],
  ['a column that is called text is left alone', 'SELECT text FROM messages', 'SELECT text FROM messages'],
  ['a cast to text is left alone', 'UPDATE t SET a = CAST(? AS TEXT)', 'UPDATE t SET a = CAST($1 AS TEXT)'],
];

test.each(table)('%s', (_what, sql, text) => {
  expect(translate(sql).text).toBe(text);
});

test.each([
  ['SELECT 1', false],
  ['  \n select 1', false],
  ['VALUES (1)', false],
  ['INSERT INTO t VALUES (1)', true],
  ['UPDATE t SET a = 1 RETURNING a', true],
  // It may hold an UPDATE: better to run a batch again than to keep half of what a script did.
  ['WITH x AS (SELECT 1) SELECT * FROM x', true],
])('whether it may write: %s', (sql, writes) => {
  expect(translate(sql).writes).toBe(writes);
});
