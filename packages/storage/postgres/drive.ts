import type { Script, Scripts, Step } from '../database.ts';
import { requireCloneable } from '../require-cloneable.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import type { Translated } from './statements.ts';

/** PostgreSQL or the connection failed a statement, and the script was not asked whether it can bear that. */
export class StatementFailed extends Error {
  override readonly name = 'StatementFailed';
}

export interface DriveOptions {
  /** Told before each statement is sent. */
  readonly before?: (statement: Translated) => void;
  /** After a statement failed: makes the transaction usable again, or throws. Without it `StatementFailed` is thrown. */
  readonly mend?: (error: unknown) => Promise<void>;
}

/** @throws an `Error` when there is no script of that name. */
export function startScript(scripts: Scripts, name: string, input: unknown): Step<unknown> {
  const script: Script | undefined = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (script === undefined) throw new Error(`no such script: ${name}`);
  return script(input as never);
}

/**
 * Runs a script to its end, statement by statement, and resolves to what it returned.
 * @throws `StatementFailed` (with its cause), or what the script throws.
 */
export async function drive(
  connection: PostgresConnection,
  steps: Step<unknown>,
  { before, mend }: DriveOptions = {},
): Promise<unknown> {
  let step = steps.next();
  while (!step.done) {
    const statement = step.value;
    let translated: Translated;
    try {
      translated = connection.translated(statement);
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    before?.(translated);
    let rows: unknown;
    try {
      rows = await connection.run(statement, translated);
    } catch (error) {
      if (mend === undefined) throw new StatementFailed('a statement failed', { cause: error });
      await mend(error);
      // The script may catch what it provoked, a broken constraint for instance.
      step = steps.throw(error);
      continue;
    }
    step = steps.next(rows);
  }
  requireCloneable(step.value);
  return step.value;
}
