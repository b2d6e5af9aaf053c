import type { Migration } from '../database.ts';

export const longHistorySteps = 120;

/**
 * Many migrations, of which each makes a table, fills it, and notes its number in one row: a database between two
 * steps would show in a number, a table or a row count that does not fit the others.
 */
export const longHistory: readonly Migration[] = Array.from({ length: longHistorySteps }, (_, index) => ({
  version: index + 1,
  name: `step ${index + 1}`,
  sql: [
    ...(index === 0 ? ['CREATE TABLE progress (step BIGINT NOT NULL)', 'INSERT INTO progress VALUES (0)'] : []),
    `CREATE TABLE step_${index + 1} (id BIGINT PRIMARY KEY, text TEXT NOT NULL)`,
    `INSERT INTO step_${index + 1} (id, text)
      WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 500)
      SELECT id, 'a row of this step' FROM ids`,
    `UPDATE progress SET step = ${index + 1}`,
  ],
}));
