import type { Message, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

/** Whom a message named, for the list of what mentions one. It was long ago: nobody is told, and nothing is unread. */
export function* keepNamed(message: Message): Step<void> {
  const { id, room, seq, author } = message;
  for (const user of message.mentions ?? []) if (user !== author) yield* keepOne(message, user);
  if (message.mentionsAll !== 'room') return;
  yield* sql.send(
    'INSERT INTO room_mentions (room_id, seq, message_id, author) VALUES (?, ?, ?, ?)',
    room,
    seq,
    id,
    author,
  );
}

function* keepOne({ id, room, seq, thread }: Message, user: UserId): Step<void> {
  yield* sql.send(
    `INSERT INTO mentions (user_id, message_id, room_id, seq, thread) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (user_id, message_id) DO NOTHING`,
    user,
    id,
    room,
    seq,
    thread ?? null,
  );
}
