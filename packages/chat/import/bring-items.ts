import { hash } from 'node:crypto';
import type { ClientId, Message, MessageId, RoomId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import { addReply, contentOf, insertMessage, keepVersion, messagesInAnyRoom, setText } from '../messages/index.ts';
import { countPins, insertPin, isPinned } from '../pins/index.ts';
import { countEmoji, hasReacted, insertReaction, onItSince } from '../reactions/index.ts';
import { addAllToIndex, indexEdited, wakeIndex } from '../search/index.ts';
import type { Transaction } from '../transaction.ts';
import { keepNamed } from './brought-mentions.ts';
import { type Mark, type MessageState, messageStates, noMark, roomState, setMark } from './import-store.ts';
import type { BroughtEdit, BroughtItem, BroughtPin, BroughtPost, BroughtReaction, Outcome } from './moved.ts';

export interface ItemsInput {
  readonly room: RoomId;
  readonly items: readonly BroughtItem[];
  readonly now: number;
}

export interface ItemsOutput {
  /** By what it is and what became of it: `post:brought`; `piece` for the rest of a long post. */
  readonly outcomes: Record<string, number>;
  /** Replies to messages that are not there, which stand in the room by themselves. */
  readonly rootless: number;
}

/** What one slice of a room's history knows and gathers. */
interface Slice {
  readonly room: RoomId;
  readonly messages: Map<MessageId, MessageState>;
  readonly posted: Message[];
  rootless: number;
}

/** A transaction of the time at which something happened: what is written in it stands in the log with that time. */
type Begin = (at: number) => Transaction;

function* bringPost(slice: Slice, tx: Transaction, post: BroughtPost): Step<Outcome> {
  const { message: id, by: author, text, style, alsoInRoom, mentions, mentionsAll } = post;
  const root = post.thread === undefined ? undefined : slice.messages.get(post.thread);
  if (post.thread !== undefined && !root) slice.rootless += 1;
  const thread = root === undefined ? undefined : (root.thread ?? root.id);
  const context = {
    ...(thread ? { thread } : {}),
    ...(thread && alsoInRoom ? { alsoInRoom } : {}),
    ...(style ? { style } : {}),
    ...(mentions && mentions.length > 0 ? { mentions: [...mentions] } : {}),
    ...(mentionsAll ? { mentionsAll } : {}),
  };
  const clientId = `moved-${id}` as ClientId;
  const { room } = slice;
  const data = { id, clientId, text, ...context };
  const { seq } = yield* append(tx, { log: roomLog(room), name: 'message.posted', by: author, data, subject: id });
  const message = { ...data, room, seq, author, postedAt: tx.now, editedAt: null, deletedAt: null };
  yield* insertMessage(message, hash('sha256', contentOf(text, { ...context, files: [] }), 'base64url'));
  if (thread) yield* addReply(thread, room, { seq, at: tx.now, by: author });
  if (mentions || mentionsAll) yield* keepNamed(message);
  slice.posted.push(message);
  slice.messages.set(id, { id, deleted: false, text, thread: thread ?? null, editedAt: null });
  return 'brought';
}

/** An export says when a message was changed last, and not what it said before. */
function* bringEdit(slice: Slice, tx: Transaction, { message: id, text, by, mentions }: BroughtEdit): Step<Outcome> {
  const before = slice.messages.get(id);
  const stored = (yield* messagesInAnyRoom([id]))[0];
  if (!before || before.deleted || !stored) return 'no-message';
  if (text !== before.text) yield* keepVersion(id, before.text, before.editedAt ?? stored.postedAt);
  const named = mentions && mentions.length > 0 ? { mentions: [...mentions] } : {};
  const { mentions: _, mentionedGroups: __, ...rest } = stored;
  const edited = { ...rest, text, ...named, editedAt: tx.now };
  yield* setText(edited, tx.now);
  const data = { id, text, ...named };
  yield* append(tx, { log: roomLog(slice.room), name: 'message.edited', by, data, subject: id });
  if (text !== before.text) yield* indexEdited(tx, { kind: 'message-edited', message: edited, before: before.text });
  slice.messages.set(id, { ...before, text, editedAt: tx.now });
  return 'brought';
}

function* bringReaction(slice: Slice, tx: Transaction, { message, emoji, by }: BroughtReaction): Step<Outcome> {
  const there = slice.messages.get(message);
  if (!there || there.deleted) return 'no-message';
  if (yield* hasReacted(message, emoji, by)) return 'already';
  const since = yield* onItSince(message, emoji);
  if (since === undefined && (yield* countEmoji(message)) >= limits.emojiPerMessage) return 'too-many';
  const event = { log: roomLog(slice.room), name: 'reaction.added', by, data: { message, emoji } } as const;
  const { seq } = yield* append(tx, event);
  yield* insertReaction(message, emoji, by, { seq, since: since ?? seq });
  return 'brought';
}

function* bringPin(slice: Slice, tx: Transaction, { message, by }: BroughtPin): Step<Outcome> {
  const there = slice.messages.get(message);
  if (!there || there.deleted) return 'no-message';
  if (yield* isPinned(message)) return 'already';
  if ((yield* countPins(slice.room)) >= limits.pinsPerRoom) return 'too-many';
  const { seq } = yield* append(tx, { log: roomLog(slice.room), name: 'message.pinned', by, data: { message } });
  yield* insertPin(message, slice.room, { by, at: tx.now }, seq);
  return 'brought';
}

function bring(slice: Slice, tx: Transaction, item: BroughtItem): Step<Outcome> {
  switch (item.what) {
    case 'post':
      return bringPost(slice, tx, item);
    case 'edit':
      return bringEdit(slice, tx, item);
    case 'reaction':
      return bringReaction(slice, tx, item);
    case 'pin':
      return bringPin(slice, tx, item);
  }
}

const isUpTo = (item: Mark, mark: Mark): boolean => item.at < mark.at || (item.at === mark.at && item.key <= mark.key);

/** What lies before the mark was brought before, or came too late to stand in its place. */
function earlierOutcome({ messages }: Slice, item: BroughtItem): Outcome {
  return item.what !== 'post' || messages.has(item.message) ? 'already' : 'older';
}

function* sliceOf({ room, items }: ItemsInput): Step<Slice> {
  const named = items.flatMap((item) =>
    item.what === 'post' && item.thread ? [item.message, item.thread] : [item.message],
  );
  return { room, messages: yield* messageStates(room, [...new Set(named)]), posted: [], rootless: 0 };
}

/**
 * Brings what happened in a room, in the order of time, all that is not there yet: the log tells it as if it had
 * happened here. Up to where it was brought is stored with it, so that whoever begins again doubles nothing.
 */
export function* bringItems(begin: Begin, input: ItemsInput): Step<ItemsOutput> {
  const slice = yield* sliceOf(input);
  const outcomes: Record<string, number> = {};
  let mark = (yield* roomState(input.room))?.mark ?? noMark;
  for (const item of input.items) {
    const isEarlier = isUpTo(item, mark);
    const outcome = isEarlier ? earlierOutcome(slice, item) : yield* bring(slice, begin(item.at), item);
    if (!isEarlier) mark = { at: item.at, key: item.key };
    const name = `${item.what === 'post' && item.continues ? 'piece' : item.what}:${outcome}`;
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  yield* setMark(input.room, mark);
  if (slice.posted.length > 0) {
    yield* addAllToIndex(slice.posted);
    yield* wakeIndex(begin(input.now), input.room);
  }
  return { outcomes, rootless: slice.rootless };
}
