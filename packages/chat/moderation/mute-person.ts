import { operation } from '../operation.ts';
import { checkMember, checkUntil } from './check-target.ts';
import { imposeMute } from './impose.ts';
import { checkRoomOf } from './room-of-space.ts';

export const mutePerson = operation({
  name: 'moderation.mute',
  kind: 'write',
  access: { who: 'space', atLeast: 'moderator' },
  limit: 'write',
  *run({ actor, reached, tx }, { user, room, reason, until }) {
    const space = reached.id;
    checkUntil(until, tx.now);
    yield* checkMember({ user: actor.user, role: reached.role }, space, user);
    if (room) yield* checkRoomOf(space, room, actor.user);
    yield* imposeMute(tx, { space, user, by: actor.user, reason, until, ...(room ? { room } : {}) });
    return {};
  },
});
