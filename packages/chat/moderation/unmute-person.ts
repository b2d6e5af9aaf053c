import { operation } from '../operation.ts';
import { checkTarget } from './check-target.ts';
import { deleteMute, tellMutes } from './mute-store.ts';

export const unmutePerson = operation({
  name: 'moderation.unmute',
  kind: 'write',
  access: { who: 'space', atLeast: 'moderator' },
  limit: 'write',
  *run({ actor, reached, tx }, { user, room }) {
    const space = reached.id;
    // Nobody lets themselves speak again.
    yield* checkTarget({ user: actor.user, role: reached.role }, space, user);
    if (!(yield* deleteMute(space, room ?? null, user, tx.now))) return {};
    yield* tellMutes(tx, user);
    const what = { space, by: actor.user, user, ...(room ? { room } : {}) };
    yield* tx.happened({ kind: 'audited', action: 'person-unmuted', ...what });
    return {};
  },
});
