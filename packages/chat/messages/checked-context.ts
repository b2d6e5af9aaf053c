import type { FileId, MessageId, PollTerms, PostContext, RoomId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';

interface NamedRow {
  thread: MessageId | null;
  deleted_at: number | null;
}

/** A message of this room that a post names. */
function* named(room: RoomId, message: MessageId, path: string): Step<NamedRow> {
  const row = yield* sql.get<NamedRow>(
    'SELECT thread, deleted_at FROM messages WHERE id = ? AND room_id = ?',
    message,
    room,
  );
  if (!row) throw new Refusal('invalid-params', { path, problem: 'not a message of this room' });
  return row;
}

/** What a post says besides its text, found to be so: a reply to a reply goes to the thread that this stands in. */
export function* checkedContext(room: RoomId, params: PostContext): Step<PostContext> {
  const { thread, alsoInRoom, quote, style } = params;
  if (alsoInRoom && thread === undefined) {
    throw new Refusal('invalid-params', { path: '/alsoInRoom', problem: 'only replies can be shown in the room too' });
  }
  const answered = thread === undefined ? undefined : yield* named(room, thread, '/thread');
  if (quote !== undefined && (yield* named(room, quote, '/quote')).deleted_at !== null) {
    throw new Refusal('message-deleted');
  }
  return {
    ...(thread ? { thread: answered?.thread ?? thread } : {}),
    ...(alsoInRoom ? { alsoInRoom } : {}),
    ...(quote ? { quote } : {}),
    ...(style ? { style } : {}),
  };
}

/** What tells two sends apart that have the same client id. */
export function contentOf(
  text: string,
  { thread, alsoInRoom, quote, style, poll, files }: PostContext & { poll?: PollTerms; files: readonly FileId[] },
): string {
  const context = [thread, alsoInRoom, quote, style, ...(poll ? [poll] : []), ...(files.length > 0 ? [files] : [])];
  return context.every((each) => each === undefined) ? text : JSON.stringify([text, ...context]);
}
