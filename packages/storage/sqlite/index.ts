export { defaultLimits, type SqliteLimits } from './limits.ts';
export { openSqlite, type SqliteOptions } from './open-sqlite.ts';
export { openSqliteInline, type SqliteInlineOptions } from './open-sqlite-inline.ts';
