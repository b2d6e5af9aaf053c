import { Refusal } from '@confab/protocol/errors.ts';
import { operation } from '../operation.ts';
import { oneLine } from '../text.ts';
import { wordsIn } from '../tokenizer.ts';
import { storeFilter } from './filter-store.ts';

export const setFilter = operation({
  name: 'moderation.set-filter',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    const rules = params.rules.map(({ words, action }) => ({ words: oneLine(words), action }));
    const wordless = rules.findIndex(({ words }) => wordsIn(words).length === 0);
    if (wordless >= 0) {
      throw new Refusal('invalid-params', { path: `/rules/${wordless}/words`, problem: 'there is no word in it' });
    }
    yield* storeFilter(reached.id, rules);
    const detail = `${rules.length}`;
    const what = { space: reached.id, by: actor.user, detail };
    yield* tx.happened({ kind: 'audited', action: 'word-filter-set', ...what });
    return {};
  },
});
