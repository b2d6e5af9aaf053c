import { setTimeout } from 'node:timers/promises';
import { DatabaseUnavailable, type Scripts } from '../database.ts';
import { lockOfKey, secondTryLock } from './advisory-locks.ts';
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

/** Runs it again while another transaction is in the way. @throws `DatabaseUnavailable` */
async function persist(
  connection: PostgresConnection,
  key: string,
  work: readonly Work[],
  { scripts, limits }: WriteOptions,
  forgiving: boolean,
): Promise<Exclude<Attempt, { kind: 'conflict' }>> {
  const lock = lockOfKey(key);
  for (let count = 1; ; count++) {
    // The same order everywhere, and nothing held while waiting for the first.
    const locks = count === 1 ? [lock] : [secondTryLock, lock];
    const came = await attempt(connection, work, { scripts, locks, forgiving, limitMs: limits.batchMs });
    if (came.kind !== 'conflict') return came;
    if (count >= limits.maxAttempts) throw unavailable(`other transactions were in the way ${count} times`, came.cause);
    await setTimeout(Math.random() * Math.min(2 ** count, maxPauseMs));
  }
}
