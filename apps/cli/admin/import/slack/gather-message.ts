import { emojiNamed } from '../emoji-names.ts';
import type { ExportPerson, Gathering, MessageRef } from '../export-model.ts';
import { filesOf, rawTextOf } from './slack-message-text.ts';
import { authorOf, personOfMessage } from './slack-people.ts';
import type { SlackMessage } from './slack-shapes.ts';
import { refOf } from './slack-time.ts';

/** Kinds of messages that people and programs write; all others are lines that Slack writes by itself. */
const written: ReadonlySet<string | undefined> = new Set([
  undefined,
  'bot_message',
  'me_message',
  'file_share',
  'file_comment',
  'thread_broadcast',
  'slackbot_response',
]);

interface Where {
  readonly room: string;
  readonly people: Map<string, ExportPerson>;
  readonly gathering: Gathering;
}

/** What is left of a deleted message holds its thread together. */
const holdsThread = (message: SlackMessage & { reply_count?: number }): boolean =>
  message.subtype === 'tombstone' && (message.reply_count ?? 0) > 0;

function gatherReactions({ room, people, gathering }: Where, { reactions = [] }: SlackMessage, of: MessageRef): void {
  let order = 0;
  for (const { name = '', users = [], count = 0 } of reactions) {
    const emoji = emojiNamed(name);
    if (emoji === undefined) {
      gathering.leftOut(room, 'unknown-emoji', Math.max(count, users.length));
      continue;
    }
    // It names not all of many.
    if (count > users.length) gathering.leftOut(room, 'unknown-person', count - users.length);
    for (const by of users) {
      order += 1;
      if (people.has(by)) gathering.item(room, { what: 'reaction', at: of.at, by, of, emoji, order });
      else gathering.leftOut(room, 'unknown-person');
    }
  }
}

function gatherPost(where: Where, message: SlackMessage, ref: MessageRef, by: string): void {
  const { room, gathering } = where;
  const text = rawTextOf(message);
  const files = filesOf(message).length;
  if (files > 0) gathering.leftOut(room, 'file', files);
  if (text.trim() === '') {
    gathering.leftOut(room, 'empty');
    return;
  }
  const thread = message.thread_ts === message.ts ? undefined : refOf(message.thread_ts);
  gathering.item(room, {
    what: 'post',
    ...ref,
    by,
    text,
    ...(thread ? { thread } : {}),
    ...(thread && message.subtype === 'thread_broadcast' ? { alsoInRoom: true } : {}),
    ...(message.subtype === 'me_message' ? { style: 'me' } : {}),
  });
  const editedAt = refOf(message.edited?.ts)?.at;
  if (editedAt !== undefined) {
    gathering.item(room, { what: 'edit', at: Math.max(editedAt, ref.at), by, of: ref, text });
  }
  gatherReactions(where, message, ref);
}

/** Sorts a message of a day's file into what is brought and what is not. */
export function gatherMessage(where: Where, found: unknown): void {
  const { room, people, gathering } = where;
  const message = (typeof found === 'object' && found !== null ? found : {}) as SlackMessage;
  const ref = refOf(message.ts);
  if (ref === undefined || (message.type !== undefined && message.type !== 'message')) {
    gathering.leftOut(room, 'unreadable');
    return;
  }
  if (!written.has(message.subtype) && !holdsThread(message)) {
    gathering.leftOut(room, message.subtype === 'tombstone' ? 'deleted-there' : 'system-line');
    return;
  }
  const by = authorOf(message);
  if (by === undefined) {
    gathering.leftOut(room, 'unknown-author');
    return;
  }
  if (!people.has(by)) people.set(by, personOfMessage(message, by));
  gatherPost(where, message, ref, by);
}
