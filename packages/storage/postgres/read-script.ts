import type { Scripts } from '../database.ts';
import { errorOf, failureOf } from '../failure.ts';
import type { Outcome, Work } from './attempt.ts';
import { drive, StatementFailed, startScript } from './drive.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { faultOf, unavailable } from './postgres-error.ts';

/** Runs one script on a snapshot. Never rejects. */
export async function readScript(
  connection: PostgresConnection,
  { script, input }: Work,
  scripts: Scripts,
  limitMs: number,
): Promise<Outcome> {
  const limit = setTimeout(() => connection.destroy(new Error(`a read took longer than ${limitMs} ms`)), limitMs);
  try {
    const steps = startScript(scripts, script, input);
    // On its way together with the first statement.
    const begin = connection.command('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    begin.catch(() => undefined);
    try {
      return { value: await drive(connection, steps) };
    } finally {
      // Nothing to be kept: whoever reads next need not wait for the answer.
      connection.command('COMMIT').catch(() => undefined);
    }
  } catch (error) {
    if (!(error instanceof StatementFailed)) return { error: errorOf(failureOf(0, error)) };
    const { cause } = error;
    if (faultOf(cause) === 'script') return { error: errorOf(failureOf(0, cause)) };
    return { error: unavailable('could not read', cause) };
  } finally {
    clearTimeout(limit);
  }
}
