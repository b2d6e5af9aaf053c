import { operation } from '../operation.ts';
import { setNotify } from './room-member-store.ts';
import { roomAsSeenBy } from './room-store.ts';
import { tellMembership } from './tell-membership.ts';

export const setNotifications = operation({
  name: 'room.set-notifications',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'write',
  *run({ actor, reached, tx }, { notify, mutedUntil }) {
    const room = reached.id;
    const before = (yield* roomAsSeenBy(actor.user, room)).membership;
    if (before === null) throw new Error('Whoever is in a room has a membership.');
    if (before.notify === notify && before.mutedUntil === mutedUntil) return { membership: before };
    yield* setNotify(room, actor.user, notify, mutedUntil);
    yield* tellMembership(tx, actor.user, room);
    return { membership: { ...before, notify, mutedUntil } };
  },
});
