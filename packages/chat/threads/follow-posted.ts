import type { MessageId, RoomId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { forgetMentionsInThreads, readMentionsInThread } from '../mentions/index.ts';
import { threadOf } from '../messages/index.ts';
import { isRoomMember, tellMembership } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { countFollowers, dropFollows, followersOf, followOf, setFollow } from './follow-store.ts';
import { tellThread } from './tell-thread.ts';

interface Thread {
  readonly root: MessageId;
  readonly room: RoomId;
}

/** Begins to follow without being asked: not against one's word, and not when a thread has as many as it may have. */
function* followByItself(thread: Thread, user: UserId, readIndex: number): Step<void> {
  if ((yield* followOf(thread.root, user)) || !(yield* isRoomMember(thread.room, user))) return;
  if ((yield* countFollowers(thread.root)) < limits.threadFollowers) yield* setFollow(thread, user, true, readIndex);
}

/** Who replies has read what stands above, and follows from now on. */
function* followAsAuthor(thread: Thread, user: UserId, readIndex: number): Step<void> {
  const before = yield* followOf(thread.root, user);
  const mayFollow = before?.following || (yield* countFollowers(thread.root)) < limits.threadFollowers;
  if (mayFollow) yield* setFollow(thread, user, true, readIndex);
}

/** A reply is followed by its author, by those it mentions and, the first one, by whoever is replied to; all are told. */
export function* followPosted(tx: Transaction, { message, room }: FactOf<'message-posted'>): Step<void> {
  if (message.thread === undefined) return;
  const thread = { root: message.thread, room: room.id };
  const begun = yield* threadOf(thread.root);
  if (!begun) return;
  const { author, replies } = begun;
  yield* followAsAuthor(thread, message.author, replies);
  if (yield* readMentionsInThread(message.author, room.id, thread.root, replies)) {
    yield* tellMembership(tx, message.author, room.id);
  }
  if (replies === 1) yield* followByItself(thread, author, 0);
  for (const user of message.mentions ?? []) yield* followByItself(thread, user, replies - 1);
  for (const { user, readIndex } of yield* followersOf(thread.root)) {
    yield* tellThread(tx, user, message.author, { ...thread, following: true, readIndex, replies });
  }
}

/** Who is not in a room any more follows nothing in it, and nothing waits for them there. */
export function* forgetThreads(_tx: Transaction, { room, user }: FactOf<'room-left'>): Step<void> {
  yield* dropFollows(room, user);
  yield* forgetMentionsInThreads(user, room);
}
