import type { Sql } from '../database.ts';
import { requireScriptStatement } from '../script-statements.ts';
import { type Translation, translate } from './dialect.ts';

/** A statement of scripts, translated. */
export interface Translated extends Translation {
  /** Of the prepared statement; without one it is parsed each time. */
  readonly name: string | undefined;
}

/** The statements of this process's scripts, each translated once; the first `maxPrepared` of them get names. */
export class Statements {
  readonly #translated = new Map<string, Translated>();
  readonly #maxPrepared: number;

  constructor(maxPrepared: number) {
    this.#maxPrepared = maxPrepared;
  }

  /** @throws an `Error` for what scripts may not run. */
  translated(statement: Sql): Translated {
    const [sql, kept] =
      typeof statement === 'string' ? [statement, true] : [statement.postgres, statement.kept ?? true];
    const known = this.#translated.get(sql);
    if (known !== undefined) return known;
    requireScriptStatement(sql);
    if (!kept || this.#translated.size >= this.#maxPrepared) return { ...translate(sql), name: undefined };
    const translated = { ...translate(sql), name: `confab_${this.#translated.size + 1}` };
    this.#translated.set(sql, translated);
    return translated;
  }
}
