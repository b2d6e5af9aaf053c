import { setTimeout } from 'node:timers/promises';
import { DatabaseUnavailable, type Scripts } from '../database.ts';
import { type LockGroup, lockOfKey, secondTryLock, writingLock } from './advisory-locks.ts';
import { type Attempt, attempt, type Outcome, type Work } from './attempt.ts';
import type { PostgresLimits } from './limits.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { unavailable } from './postgres-error.ts';

export interface WriteOptions {
  readonly scripts: Scripts;
  readonly limits: PostgresLimits;
}

/** The longest pause before a batch is run again. */
const maxPauseMs = 50;

/**
 * Runs the scripts of one key: together in one transaction, or, when one of them fails after it wrote, each in its own.
 * One outcome per script, in their order. Never rejects.
 */
export async function writeBatch(
  connection: PostgresConnection,
  key: string,
  work: readonly Work[],
  options: WriteOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  try {
    const together = await persist(connection, key, work, options, false);
    if (together.kind === 'done') return [...together.outcomes];
    for (const each of work) {
      const alone = await persist(connection, key, [each], options, true);
      if (alone.kind !== 'done') throw new DatabaseUnavailable('a transaction was undone for no reason that was given');
      outcomes.push(...alone.outcomes);
    }
  } catch (error) {
    const cause = error instanceof DatabaseUnavailable ? error : unavailable('the database failed', error);
    while (outcomes.length < work.length) outcomes.push({ error: cause });
  }
  return outcomes;
}

/** Runs it again while another transaction is in the way, the last times with no other beside it. @throws `DatabaseUnavailable` */
async function persist(
  connection: PostgresConnection,
  key: string,
  work: readonly Work[],
  { scripts, limits }: WriteOptions,
  forgiving: boolean,
): Promise<Exclude<Attempt, { kind: 'conflict' }>> {
  for (let count = 1; ; count++) {
    const came = await attempt(connection, work, {
      scripts,
      locks: locksFor(count, key, limits),
      forgiving,
      limitMs: limits.batchMs,
    });
    if (came.kind !== 'conflict') return came;
    if (count >= limits.maxAttempts) throw unavailable(`other transactions were in the way ${count} times`, came.cause);
    await setTimeout(Math.random() * Math.min(2 ** count, maxPauseMs));
  }
}

const secondTry: LockGroup = { locks: [{ id: secondTryLock, isShared: false }] };

/** The same order everywhere, so that nobody waits for one who waits for them, and nothing held while waiting for the first. */
function locksFor(
  count: number,
  key: string,
  { maxAttempts, attemptsAlone, aloneWaitMs }: PostgresLimits,
): LockGroup[] {
  // Whoever is alone needs no lock on a key. While one waits for that nobody begins: who hangs must not stop all others.
  if (count > maxAttempts - attemptsAlone) {
    return [secondTry, { locks: [{ id: writingLock, isShared: false }], waitMs: aloneWaitMs }];
  }
  const beside: LockGroup = {
    locks: [
      { id: writingLock, isShared: true },
      { id: lockOfKey(key), isShared: false },
    ],
  };
  return count === 1 ? [beside] : [secondTry, beside];
}
