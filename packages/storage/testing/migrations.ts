import type { Migration } from '../database.ts';

/** The tables of the contract suite. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    name: 'entries',
    sql: [
      'CREATE TABLE entries (id BIGINT PRIMARY KEY, text TEXT NOT NULL)',
      'CREATE TABLE counters (value BIGINT NOT NULL)',
      'INSERT INTO counters (value) VALUES (0)',
    ],
  },
  {
    version: 2,
    name: 'pairs',
    sql: [
      'CREATE TABLE pairs (side TEXT PRIMARY KEY, value BIGINT NOT NULL)',
      `INSERT INTO pairs (side, value) VALUES ('left', 0), ('right', 0)`,
      `CREATE TABLE children (
        id BIGINT PRIMARY KEY, entry BIGINT NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED)`,
    ],
  },
  {
    version: 3,
    name: 'keyed counters',
    sql: ['CREATE TABLE keyed_counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)'],
  },
];
