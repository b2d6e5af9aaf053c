import { operation } from '../operation.ts';
import { spaceOf } from '../rooms/index.ts';
import { setTaker } from './case-store.ts';
import { tellReports } from './tell-reports.ts';

export const takeCase = operation({
  name: 'moderation.take',
  kind: 'write',
  access: { who: 'reported-message' },
  limit: 'write',
  *run({ actor, reached, tx }, { taken }) {
    yield* setTaker(reached.id, taken ? actor.user : null);
    // The number stays; those who look at the queue look again.
    yield* tellReports(tx, spaceOf(reached.room));
    return {};
  },
});
