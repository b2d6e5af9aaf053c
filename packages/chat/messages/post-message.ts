import { hash } from 'node:crypto';
import type { MessageId, Params, PollTerms, Result, ScheduledId, UserId } from '@confab/protocol';
import { begunPoll } from '@confab/protocol/begun-poll.ts';
import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import type { Step } from '@confab/storage';
import type { ReachedRoom } from '../access.ts';
import { takeFiles } from '../files/index.ts';
import { append, positionOf } from '../log.ts';
import { namedIn, nobodyCalled, type Online, peopleCalled } from '../mentions/index.ts';
import { operation } from '../operation.ts';
import { moveReadCursor, refuseIfSilent, takeTurn } from '../rooms/index.ts';
import { checkMessageText } from '../text.ts';
import type { Transaction } from '../transaction.ts';
import { filtered } from '../word-filter.ts';
import { checkedContext, contentOf } from './checked-context.ts';
import { earlierSend, insertMessage } from './message-store.ts';
import { addReply } from './thread-store.ts';

/** What is posted, also by others than a request for it. */
interface PostedParams extends Omit<Params<'message.post'>, 'room'> {
  readonly poll?: PollTerms;
  /** As which it waited, with its files. */
  readonly scheduled?: ScheduledId;
}

/** Says something in a room that its author was found to be in. The hot path: every statement is paid with every message. */
export function* postAs(
  tx: Transaction,
  author: UserId,
  reached: ReachedRoom,
  { clientId, text: typed, files: ids = [], scheduled, ...said }: PostedParams,
  online: Online = null,
): Step<Result<'message.post'>> {
  const room = reached.id;
  const digest = hash('sha256', contentOf(typed, { ...said, files: ids }), 'base64url');
  const earlier = yield* earlierSend(room, author, clientId);
  if (earlier) {
    // A deleted message has none any more: whatever is repeated, its answer stays the same.
    if (earlier.digest !== '' && earlier.digest !== digest) throw new Refusal('client-id-reused');
    const epoch = (yield* positionOf(roomLog(room)))?.epoch ?? 1;
    return { id: earlier.id, epoch, seq: earlier.seq, postedAt: earlier.postedAt };
  }
  yield* refuseIfSilent(reached, author, tx.now);
  checkMessageText(typed, ids.length > 0);
  const { text, reported } = filtered(typed, reached.wordFilter);
  yield* takeTurn(reached, author, tx.now);
  const { fields, all, unreachable } = yield* namedIn(reached, text);
  const called = all === null ? nobodyCalled : yield* peopleCalled(room, author, all, online);
  const context = { ...(yield* checkedContext(room, said)), ...fields, ...called.fields };
  const id = tx.newId<MessageId>();
  const files =
    ids.length > 0 ? { files: yield* takeFiles(tx, { author, room, scheduled: scheduled ?? null }, ids, id) } : {};
  const { epoch, seq, count } = yield* append(tx, {
    log: roomLog(room),
    name: 'message.posted',
    by: author,
    data: { id, clientId, text, ...context, ...files, ...(said.poll ? { poll: said.poll } : {}) },
    subject: id,
  });
  const postedAt = tx.now;
  const stamps = { postedAt, editedAt: null, deletedAt: null };
  const poll = said.poll ? { poll: begunPoll(said.poll) } : {};
  const message = { id, room, seq, author, clientId, text, ...context, ...poll, ...files, ...stamps };
  yield* insertMessage(message, digest);
  if (context.thread) yield* addReply(context.thread, room, { seq, at: postedAt, by: author });
  // Whoever writes has read what stands above; `room.mark-read` tells their other devices.
  if (showsInRoom(context)) yield* moveReadCursor(room, author, seq, count);
  yield* tx.happened({ kind: 'message-posted', room: reached, message, here: called.here });
  if (reported) yield* tx.happened({ kind: 'words-found', room: reached, message });
  return { id, epoch, seq, postedAt, ...(unreachable.length > 0 ? { unreachable } : {}) };
}

export const postMessage = operation({
  name: 'message.post',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'post',
  ids: 1,
  *run({ actor, reached, tx, prepared }, { room: _, ...params }) {
    return yield* postAs(tx, actor.user, reached, params, prepared.online);
  },
});
