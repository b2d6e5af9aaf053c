import type { MessageId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import { type Indexed, indexedWords } from './indexed-words.ts';
import { placeOf } from './place.ts';

/** Once: what is there already stays as it is. */
export function* addToIndex(message: Indexed): Step<void> {
  yield* sql.send(
    'INSERT INTO search_words (place, message_id, words) VALUES (?, ?, ?) ON CONFLICT (place, message_id) DO NOTHING',
    placeOf(message.id),
    message.id,
    indexedWords(message),
  );
}

/** A row as one text: a place of sixteen digits, an id, the words. */
const rowOf = (message: Indexed): string =>
  `${placeOf(message.id)}`.padStart(16, '0') + message.id + indexedWords(message);
const rowsIn = `SELECT CAST(SUBSTR(value, 1, 16) AS BIGINT), SUBSTR(value, 17, 36), SUBSTR(value, 53)`;
const once = 'WHERE TRUE ON CONFLICT (place, message_id) DO NOTHING';

/** The same of many, in one statement. */
export function* addAllToIndex(messages: readonly Indexed[]): Step<void> {
  yield* sql.send(
    {
      sqlite: `INSERT INTO search_words (place, message_id, words) ${rowsIn} FROM json_each(?1) ${once}`,
      postgres: `INSERT INTO search_words (place, message_id, words) ${rowsIn} FROM unnest($1::text[]) AS t(value) ${once}`,
    },
    messages.map(rowOf),
  );
}

export function* takeFromIndex(message: MessageId): Step<void> {
  yield* sql.send('DELETE FROM search_words WHERE place = ? AND message_id = ?', placeOf(message), message);
}
