/** What PostgreSQL is to run for a text of the common dialect. */
export interface Translation {
  readonly text: string;
  /** Whether it may change something; a script that only read so far has nothing to be undone. */
  readonly writes: boolean;
}

/** Quoted texts and names, comments, then what is translated: types, in capitals, and the marks of parameters. */
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\?|\b(?:BLOB|TEXT)\b/g;

const reads = /^\s*(?:select|values)\b/i;
const definesColumns = /^\s*(?:create\s+table|alter\s+table)\b/i;

/**
 * `?` becomes `$1`, `$2`, …; `BLOB` becomes `BYTEA`; a column of `TEXT` is ordered by its bytes, as SQLite does.
 * What stands in quotes or comments stays.
 */
export function translate(sql: string): Translation {
  const columns = definesColumns.test(sql);
  let parameters = 0;
  const text = sql.replace(tokens, (token) => {
    if (token === '?') return `$${++parameters}`;
    if (token === 'BLOB') return 'BYTEA';
    return columns && token === 'TEXT' ? 'TEXT COLLATE "C"' : token;
  });
  return { text, writes: !reads.test(sql) };
}
