import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { refuseIfArchived, refuseIfMuted } from '../rooms/index.ts';
import { checkEmoji } from './emoji.ts';
import { countEmoji, hasReacted, insertReaction, onItSince, reactionsOf } from './reaction-store.ts';

export const addReaction = operation({
  name: 'reaction.add',
  kind: 'write',
  access: { who: 'message', only: 'members' },
  limit: 'write',
  *run({ actor, reached, tx }, { emoji }) {
    const { id, room } = reached;
    yield* checkEmoji(emoji, room.space, actor.user);
    if (reached.deletedAt !== null) throw new Refusal('message-deleted');
    refuseIfArchived(room);
    yield* refuseIfMuted(room, actor.user, tx.now);
    if (!(yield* hasReacted(id, emoji, actor.user))) {
      const since = yield* onItSince(id, emoji);
      if (since === undefined && (yield* countEmoji(id)) >= limits.emojiPerMessage) {
        throw new Refusal('limit-reached', { limit: limits.emojiPerMessage, what: 'different emoji on a message' });
      }
      const data = { message: id, emoji };
      const { seq } = yield* append(tx, { log: roomLog(room.id), name: 'reaction.added', by: actor.user, data });
      yield* insertReaction(id, emoji, actor.user, { seq, since: since ?? seq });
    }
    return { reactions: (yield* reactionsOf(actor.user, [id])).get(id) ?? [] };
  },
});
