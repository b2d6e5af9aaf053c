import { roomLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { refuseIfArchived } from '../rooms/index.ts';
import { deleteReaction, hasReacted, reactionsOf } from './reaction-store.ts';

export const removeReaction = operation({
  name: 'reaction.remove',
  kind: 'write',
  access: { who: 'message', only: 'members' },
  limit: 'write',
  *run({ actor, reached, tx }, { emoji }) {
    const { id, room } = reached;
    refuseIfArchived(room);
    if (yield* hasReacted(id, emoji, actor.user)) {
      const shown = function* () {
        return (yield* reactionsOf(actor.user, [id])).get(id)?.find((each) => each.emoji === emoji)?.users ?? [];
      };
      const before = new Set(yield* shown());
      yield* deleteReaction(id, emoji, actor.user);
      const next = (yield* shown()).find((user) => !before.has(user));
      const data = { message: id, emoji, ...(next ? { next } : {}) };
      yield* append(tx, { log: roomLog(room.id), name: 'reaction.removed', by: actor.user, data });
    }
    return { reactions: (yield* reactionsOf(actor.user, [id])).get(id) ?? [] };
  },
});
