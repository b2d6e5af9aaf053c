import { spaceLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { setWelcomeText, welcomeOf } from './space-store.ts';
import { showSpaceToGuests } from './tell-spaces.ts';

export const setWelcome = operation({
  name: 'space.set-welcome',
  kind: 'write',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'write',
  *run({ actor, reached, tx }, params) {
    const welcome = params.welcome.trim();
    if (welcome === (yield* welcomeOf(reached.id))) return {};
    yield* setWelcomeText(reached.id, welcome);
    yield* append(tx, { log: spaceLog(reached.id), name: 'space.welcome-set', by: actor.user, data: { welcome } });
    yield* showSpaceToGuests(tx, reached.id, actor.user);
    return {};
  },
});
