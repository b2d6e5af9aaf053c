import type { Message, MessageId, Params, RoomId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { peopleByIds } from '../accounts/index.ts';
import { positionOf } from '../log.ts';
import { operation } from '../operation.ts';
import { messagesByIds } from './message-store.ts';
import { whole } from './reached-message.ts';
import { peopleIn, quotedIn, type Stretch, stretchAround, stretchFrom, stretchUpTo } from './timeline.ts';

const defaultLimit = 50;

function* stretchOf(head: number, params: Params<'message.list'>): Step<Stretch> {
  const { before, after, around, limit = defaultLimit } = params;
  const place = { room: params.room, thread: params.thread };
  if (after !== undefined) return yield* stretchFrom(place, Math.min(after, head) + 1, head, limit);
  if (around !== undefined) return yield* stretchAround(place, around, head, limit);
  return yield* stretchUpTo(place, before === undefined ? head : Math.max(0, Math.min(before - 1, head)), limit);
}

function* rootOf(room: RoomId, thread: MessageId): Step<Message> {
  const [root] = yield* messagesByIds(room, [thread]);
  if (!root) throw new Refusal('invalid-params', { path: '/thread', problem: 'not a message of this room' });
  return root;
}

export const listMessages = operation({
  name: 'message.list',
  kind: 'read',
  access: { who: 'visible-room', atLeast: 'guest' },
  limit: 'read',
  *run({ actor, reached, tx }, params) {
    if ([params.before, params.after, params.around].filter((seq) => seq !== undefined).length > 1) {
      throw new Refusal('invalid-params', {
        path: '/before',
        problem: 'only one of before, after, around can be given',
      });
    }
    const position = yield* positionOf(roomLog(reached.id));
    if (!position) throw new Error('The room has no log.');
    const stretch = yield* stretchOf(position.seq, params);
    const root = params.thread === undefined ? undefined : yield* rootOf(reached.id, params.thread);
    const quoted = yield* messagesByIds(reached.id, quotedIn(stretch));
    return {
      messages: yield* tx.withParts(actor.user, stretch.messages),
      ...(root ? { root: yield* whole(tx, actor.user, root) } : {}),
      quoted,
      notices: [...stretch.notices],
      people: yield* peopleByIds(peopleIn(stretch, root ? [...quoted, root] : quoted)),
      fromSeq: stretch.fromSeq,
      toSeq: stretch.toSeq,
      earlier: stretch.fromSeq > 1,
      later: stretch.toSeq < position.seq,
      position,
    };
  },
});
