import type { Scripts } from '../database.ts';
import { errorOf, failureOf } from '../failure.ts';
import { type LockGroup, lockStatement } from './advisory-locks.ts';
import { Ahead, type DriveOptions, drive, StatementFailed, startScript } from './drive.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { faultOf, unavailable } from './postgres-error.ts';

/** One script to be run. */
export interface Work {
  readonly script: string;
  readonly input: unknown;
}

export type Outcome = { readonly value: unknown } | { readonly error: Error };

/**
 * What came of one transaction. `done`: it is durable. `conflict`: undone, because another one was in the way. `broken`:
 * undone, because one of its scripts failed when there was something to undo.
 */
export type Attempt =
  | { readonly kind: 'done'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'conflict'; readonly cause: unknown }
  | { readonly kind: 'broken' };

export interface AttemptOptions {
  readonly scripts: Scripts;
  /** Taken one after the other before the transaction begins, so that its snapshot is of afterwards. */
  readonly locks: readonly LockGroup[];
  /** Lets a script catch what PostgreSQL refused; for one script alone, because it costs a savepoint each statement. */
  readonly forgiving: boolean;
  readonly limitMs: number;
}

/** A script failed by itself after it wrote something that others of the batch must not see. */
class ScriptFailed extends Error {}

/**
 * Runs scripts one after the other in one serializable transaction.
 * @throws `DatabaseUnavailable`; its message tells when it may have been stored all the same.
 */
export async function attempt(
  connection: PostgresConnection,
  work: readonly Work[],
  options: AttemptOptions,
): Promise<Attempt> {
  const limit = setTimeout(
    () => connection.destroy(new Error(`a batch took longer than ${options.limitMs} ms`)),
    options.limitMs,
  );
  // All on its way at once, together with the first statement.
  const prelude = Promise.all([
    ...lock(connection, options.locks),
    connection.command('BEGIN ISOLATION LEVEL SERIALIZABLE'),
  ]);
  // It is looked at before the commit.
  prelude.catch(() => undefined);
  const ahead = new Ahead();
  let committing = false;
  try {
    const outcomes = await runAll(connection, work, options, ahead);
    await prelude;
    committing = true;
    const commit = connection.command('COMMIT');
    unlock(connection, options.locks);
    // What PostgreSQL answers to the commit of a transaction that failed before.
    if ((await commit).command === 'COMMIT') return { kind: 'done', outcomes };
    return meaningOf((await ahead.failure()) ?? new Error('undone'), work.length, false);
  } catch (thrown) {
    const error = (await ahead.failure()) ?? thrown;
    if (!committing) {
      send(connection, 'ROLLBACK');
      unlock(connection, options.locks);
    }
    return meaningOf(error, work.length, committing);
  } finally {
    clearTimeout(limit);
  }
}

async function runAll(
  connection: PostgresConnection,
  work: readonly Work[],
  options: AttemptOptions,
  ahead: Ahead,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  // Who forgives has to know at once.
  const forgiveness: DriveOptions = options.forgiving ? savepoints(connection) : { ahead };
  for (const { script, input } of work) {
    let wrote = false;
    try {
      const steps = startScript(options.scripts, script, input);
      const value = await drive(connection, steps, {
        ...forgiveness,
        before(statement) {
          wrote ||= statement.writes;
          forgiveness.before?.(statement);
        },
      });
      outcomes.push({ value });
    } catch (error) {
      if (error instanceof StatementFailed) throw error;
      // What only read so far leaves nothing behind, and its neighbours go on.
      if (wrote) throw new ScriptFailed('', { cause: error });
      outcomes.push({ error: errorOf(failureOf(0, error)) });
    }
  }
  return outcomes;
}

/** Each statement after a savepoint of its own, to which the transaction goes back when PostgreSQL refuses it. */
function savepoints(connection: PostgresConnection): DriveOptions {
  let set = false;
  return {
    before(): void {
      send(connection, set ? 'RELEASE SAVEPOINT statement; SAVEPOINT statement' : 'SAVEPOINT statement');
      set = true;
    },
    async mend(error: unknown): Promise<void> {
      if (faultOf(error) !== 'script') throw new StatementFailed('a statement failed', { cause: error });
      await connection.command('ROLLBACK TO SAVEPOINT statement');
    },
  };
}

function meaningOf(error: unknown, scripts: number, committing: boolean): Attempt {
  const cause = error instanceof StatementFailed || error instanceof ScriptFailed ? error.cause : error;
  if (error instanceof ScriptFailed) {
    // Nothing but its own work was undone.
    return scripts === 1 ? { kind: 'done', outcomes: [failed(cause)] } : { kind: 'broken' };
  }
  switch (faultOf(cause)) {
    case 'conflict':
      return { kind: 'conflict', cause };
    case 'script':
      // A deferred constraint speaks up at the commit and does not say whose work broke it.
      return committing && scripts === 1 ? { kind: 'done', outcomes: [failed(cause)] } : { kind: 'broken' };
    case 'lost':
      if (committing) throw unavailable('the connection was lost during a commit, which may have been stored', cause);
      throw unavailable('the connection was lost', cause);
    case 'unavailable':
      throw unavailable('could not commit', cause);
  }
}

function failed(error: unknown): Outcome {
  return { error: errorOf(failureOf(0, error)) };
}

function lock(connection: PostgresConnection, groups: readonly LockGroup[]): Promise<unknown>[] {
  return groups.flatMap((group) => {
    const taken = () => connection.command(lockStatement('lock', group), idsOf(group));
    if (group.waitMs === undefined) return [taken()];
    return [
      connection.command(`SET lock_timeout = ${group.waitMs}`),
      taken(),
      connection.command('RESET lock_timeout'),
    ];
  });
}

/** One that was not got is let go of all the same: PostgreSQL only warns. */
function unlock(connection: PostgresConnection, groups: readonly LockGroup[]): void {
  for (const group of groups) connection.command(lockStatement('unlock', group), idsOf(group)).catch(() => undefined);
}

const idsOf = ({ locks }: LockGroup): string[] => locks.map(({ id }) => id);

/** Whoever sends this sees its failure in what comes after. */
function send(connection: PostgresConnection, command: string): void {
  connection.command(command).catch(() => undefined);
}
