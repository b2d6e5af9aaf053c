import type { FilterRule } from '@confab/protocol';
import { operation } from '../operation.ts';
import { storedFilter } from './filter-store.ts';

export const showFilter = operation({
  name: 'moderation.filter',
  kind: 'read',
  access: { who: 'space', atLeast: 'moderator' },
  limit: 'read',
  *run({ reached }) {
    return { rules: JSON.parse((yield* storedFilter(reached.id)) ?? '[]') as FilterRule[] };
  },
});
