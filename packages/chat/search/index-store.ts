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

export function* takeFromIndex(message: MessageId): Step<void> {
  yield* sql.send('DELETE FROM search_words WHERE place = ? AND message_id = ?', placeOf(message), message);
}
