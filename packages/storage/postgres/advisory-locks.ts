import { createHash } from 'node:crypto';

/** The lock that nodes hold while they bring the schema up to date. */
export const migrationLock = lockOf('migrations');
/** Held by those who met another transaction and run again: one at a time, so that they do not meet each other. */
export const secondTryLock = lockOf('second try');

/** Shared by all who write, and taken alone by one that met others again and again: then there is nobody to meet. */
export const writingLock = lockOf('writing');

/** Held by whoever copies a whole database, from or to this one. */
export const copyLock = lockOf('copy');

/** Shared by every connection of a node from its beginning to its end; taken alone by who moves the data in or away. */
export const usingLock = lockOf('using');

/** The lock of a key of `write`. Two keys that share a number wait for each other, and that is all. */
export function lockOfKey(key: string): string {
  return lockOf(`key ${key}`);
}

export interface AdvisoryLock {
  readonly id: string;
  /** Any number of holders that share it, or one that does not. */
  readonly isShared: boolean;
}

/** Locks that are taken by one statement, from left to right, and let go of by one. */
export interface LockGroup {
  readonly locks: readonly AdvisoryLock[];
  /** How long to wait for each; otherwise as long as a statement may take. */
  readonly waitMs?: number;
}

export function lockStatement(doing: 'lock' | 'unlock', { locks }: LockGroup): string {
  const calls = locks.map(({ isShared }, at) => `pg_advisory_${doing}${isShared ? '_shared' : ''}($${at + 1})`);
  return `SELECT ${calls.join(', ')}`;
}

/** A number of PostgreSQL's advisory locks, as text: it has 64 bits. */
function lockOf(name: string): string {
  return createHash('sha256').update(`confab ${name}`).digest().readBigInt64BE().toString();
}
