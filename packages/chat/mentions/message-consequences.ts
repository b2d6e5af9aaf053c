import type { Message, UserId } from '@confab/protocol';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import {
  deleteMention,
  deleteRoomMention,
  insertMention,
  insertRoomMention,
  type MentionRow,
  mentionsBy,
  placeInThread,
  toldBy,
} from './mention-store.ts';

const namesSomebody = ({ mentions, mentionedGroups }: Message) =>
  mentions !== undefined || mentionedGroups !== undefined;

function* tellMentioned(
  tx: Transaction,
  message: Message,
  users: readonly UserId[],
  called: ReadonlySet<UserId> = new Set(),
): Step<void> {
  if (users.length === 0) return;
  const place = yield* placeInThread(message);
  const { room, id, seq, author } = message;
  const data = { room, message: id, seq, by: author, ...(place ? { inThread: place } : {}) };
  for (const user of users) {
    yield* insertMention(message, { user, place, called: called.has(user) });
    yield* append(tx, { log: inboxLog(user), name: 'inbox.mentioned', by: author, data });
  }
}

function* takeBack(tx: Transaction, message: Message['id'], { user, room, seq }: MentionRow): Step<void> {
  yield* deleteMention(message, user);
  yield* append(tx, { log: inboxLog(user), name: 'inbox.mention-removed', by: null, data: { room, message, seq } });
}

/** Keeps whom a post mentions and tells them. */
export function* keepMentions(tx: Transaction, { message, here }: FactOf<'message-posted'>): Step<void> {
  if (message.mentionsAll === 'room') yield* insertRoomMention(message);
  if (!namesSomebody(message) && here.length === 0) return;
  yield* tellMentioned(tx, message, yield* toldBy(message, here), new Set(here));
}

/** Tells those whom a message names since it was edited, and takes it back from those whom it names no more. */
export function* changeMentions(tx: Transaction, { message, before }: FactOf<'message-edited'>): Step<void> {
  if (!namesSomebody(message) && !before.includes('@')) return;
  const was = yield* mentionsBy(message.id);
  const named = new Set(yield* toldBy(message));
  for (const row of was) {
    if (named.delete(row.user)) continue;
    // Called with everyone, they go on being mentioned.
    if (row.called) continue;
    if (message.mentionsAll === 'room') yield* deleteMention(message.id, row.user);
    else yield* takeBack(tx, message.id, row);
  }
  yield* tellMentioned(tx, message, [...named]);
}

export function* dropMentions(tx: Transaction, { message }: FactOf<'message-deleted'>): Step<void> {
  yield* deleteRoomMention(message);
  for (const row of yield* mentionsBy(message)) yield* takeBack(tx, message, row);
}
