import { createHash } from 'node:crypto';

/** The lock that nodes hold while they bring the schema up to date. */
export const migrationLock = lockOf('migrations');
/** Held by those who met another transaction and run again: one at a time, so that they do not meet each other. */
export const secondTryLock = lockOf('second try');

/** Held by whoever copies a whole database, from or to this one. */
export const copyLock = lockOf('copy');

/** The lock of a key of `write`. Two keys that share a number wait for each other, and that is all. */
export function lockOfKey(key: string): string {
  return lockOf(`key ${key}`);
}

/** A number of PostgreSQL's advisory locks, as text: it has 64 bits. */
function lockOf(name: string): string {
  return createHash('sha256').update(`confab ${name}`).digest().readBigInt64BE().toString();
}
