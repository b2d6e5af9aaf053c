import type { Script, Scripts, Step } from '../database.ts';
import { requireCloneable } from '../require-cloneable.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import type { Translated } from './statements.ts';

/** Statements on their way that wait with the next one at the latest; beyond, they are waited for. */
const maxAhead = 64;

/** Statements that are on their way, in one transaction, without being waited for. */
export class Ahead {
  #sent: Promise<unknown>[] = [];

  /** Whether one more may be sent. */
  get hasRoom(): boolean {
    return this.#sent.length < maxAhead;
  }

  add(outcome: Promise<unknown>): void {
    // Looked at in `failure`.
    outcome.catch(() => undefined);
    this.#sent.push(outcome);
  }

  /** Those before a statement that was answered were answered too. */
  answered(): void {
    this.#sent = [];
  }

  /** Why the first of them failed, which made all that came after it fail; `undefined` if none did. */
  async failure(): Promise<unknown> {
    const outcomes = await Promise.allSettled(this.#sent);
    return outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
  }
}

/** PostgreSQL or the connection failed a statement, and the script was not asked whether it can bear that. */
export class StatementFailed extends Error {
  override readonly name = 'StatementFailed';
}

export interface DriveOptions {
  /** Takes the statements whose outcome the script does not want, instead of waiting for each. */
  readonly ahead?: Ahead;
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
  { before, mend, ahead }: DriveOptions = {},
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
    if (statement.wants === 'nothing' && ahead?.hasRoom === true) {
      ahead.add(connection.run(statement, translated));
      step = steps.next();
      continue;
    }
    let rows: unknown;
    try {
      rows = await connection.run(statement, translated);
      ahead?.answered();
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
