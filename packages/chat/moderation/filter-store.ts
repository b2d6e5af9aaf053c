import type { FilterRule, SpaceId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

/** The rules as JSON; `null` where there are none. */
export function* storedFilter(space: SpaceId): Step<string | null> {
  const row = yield* sql.get<{ rules: string | null }>('SELECT word_filter AS rules FROM spaces WHERE id = ?', space);
  return row?.rules ?? null;
}

export function* storeFilter(space: SpaceId, rules: readonly FilterRule[]): Step<void> {
  const stored = rules.length === 0 ? null : JSON.stringify(rules);
  yield* sql.run('UPDATE spaces SET word_filter = ? WHERE id = ?', stored, space);
}
