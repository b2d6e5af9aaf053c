import { spaceLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { visibleName } from '../text.ts';
import { setSpaceName } from './space-store.ts';
import { showSpaceToGuests } from './tell-spaces.ts';

export const renameSpace = operation({
  name: 'space.rename',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    const name = visibleName(params.name);
    if (name === reached.name) return {};
    yield* setSpaceName(reached.id, name);
    yield* append(tx, { log: spaceLog(reached.id), name: 'space.renamed', by: actor.user, data: { name } });
    yield* showSpaceToGuests(tx, reached.id, actor.user);
    const about = { space: reached.id, by: actor.user, detail: name };
    yield* tx.happened({ kind: 'audited', action: 'space-renamed', ...about });
    return {};
  },
});
