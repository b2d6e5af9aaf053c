import type { CustomEmoji, CustomEmojiId, PictureType, SpaceId, UserId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';

interface EmojiRow {
  id: CustomEmojiId;
  space_id: SpaceId;
  name: string;
  aliases: string;
  picture: string;
  created_by: UserId;
  created_at: number;
}

const columns = 'id, space_id, name, aliases, picture, created_by, created_at';

const emojiOf = (row: EmojiRow): CustomEmoji => ({
  id: row.id,
  space: row.space_id,
  name: row.name,
  aliases: JSON.parse(row.aliases) as string[],
  picture: row.picture,
  by: row.created_by,
  at: row.created_at,
});

/** All that a space has, by name. */
export function* emojiOfSpace(space: SpaceId): Step<CustomEmoji[]> {
  const rows = yield* sql.all<EmojiRow>(`SELECT ${columns} FROM custom_emoji WHERE space_id = ? ORDER BY name`, space);
  return rows.map(emojiOf);
}

/** Whether one of that name can be written in a room of this space; without a space, of any that the person is in. */
export function* isEmojiThere(space: SpaceId | null, user: UserId, name: string): Step<boolean> {
  const row = yield* sql.get(
    `SELECT 1 AS yes FROM custom_emoji e WHERE (e.name = ? OR e.aliases LIKE ? ESCAPE '!')
     AND ${space === null ? 'e.space_id IN (SELECT sm.space_id FROM space_members sm WHERE sm.user_id = ?)' : 'e.space_id = ?'}`,
    name,
    `%"${name.replaceAll('_', '!_')}"%`,
    space ?? user,
  );
  return row !== undefined;
}

export function* insertEmoji(emoji: CustomEmoji, type: PictureType, file: string): Step<void> {
  yield* sql.run(
    `INSERT INTO custom_emoji (${columns}, type, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    emoji.id,
    emoji.space,
    emoji.name,
    JSON.stringify(emoji.aliases),
    emoji.picture,
    emoji.by,
    emoji.at,
    type,
    file,
  );
}

export function* setEmojiNames({ id, name, aliases }: CustomEmoji): Step<void> {
  yield* sql.run('UPDATE custom_emoji SET name = ?, aliases = ? WHERE id = ?', name, JSON.stringify(aliases), id);
}

export function* deleteEmoji(emoji: CustomEmojiId): Step<void> {
  yield* sql.run('DELETE FROM custom_emoji WHERE id = ?', emoji);
}

export function* pictureOf(space: SpaceId, picture: string): Step<{ type: PictureType; file: string } | undefined> {
  return yield* sql.get<{ type: PictureType; file: string }>(
    'SELECT type, file FROM custom_emoji WHERE space_id = ? AND picture = ? LIMIT 1',
    space,
    picture,
  );
}
