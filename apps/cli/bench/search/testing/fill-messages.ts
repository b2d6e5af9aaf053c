import { join } from 'node:path';
import { migrations } from '@confab/chat';
import { createIdFactory, type RoomId, type UserId } from '@confab/protocol';
import { type Database, type Scripts, sql } from '@confab/storage';
import { openPostgres } from '@confab/storage/postgres';
import { openSqliteInline } from '@confab/storage/sqlite';
import type { SpokenWords } from '../spoken-words.ts';

const perWrite = 1_000;
const startMs = Date.UTC(2024, 0, 1);
const apartMs = 40_000;

/** Of a server that is stopped: where it keeps what it knows. */
export interface StoppedServer {
  readonly data: string;
  readonly database: string | undefined;
}

export interface Filling {
  readonly count: number;
  readonly rooms: readonly RoomId[];
  readonly authors: readonly UserId[];
  readonly words: SpokenWords;
}

const columns = 'id, room_id, seq, author, client_id, digest, text, posted_at';
const scripts: Scripts = {
  *fill(rows: string) {
    const values = columns
      .split(', ')
      .map((name) => `value ->> '${name}'`)
      .join(', ');
    const typed = values
      .replace("value ->> 'seq'", "(value ->> 'seq')::bigint")
      .replace(/(value ->> 'posted_at')/, '($1)::bigint');
    yield* sql.run(
      {
        sqlite: `INSERT INTO messages (${columns}) SELECT ${values} FROM json_each(?1)`,
        postgres: `INSERT INTO messages (${columns}) SELECT ${typed} FROM jsonb_array_elements($1::jsonb)`,
      },
      rows,
    );
  },
  *index() {
    yield* sql.run(
      `INSERT INTO jobs (kind, subject, lane, due_at, data, attempts, lease)
       VALUES ('search-index', 'all', 'search', 0, '{}', 0, '')`,
    );
  },
};

/**
 * Messages as they are stored, put where they belong at once: posting a million takes minutes. They are indexed when
 * the server starts, as those of an old instance.
 */
export async function fillMessages({ data, database: url }: StoppedServer, filling: Filling): Promise<void> {
  const database: Database =
    url === undefined
      ? await openSqliteInline({ file: join(data, 'confab.db'), scripts, migrations })
      : await openPostgres({ url, scripts, migrations });
  const { count, rooms, authors, words } = filling;
  let now = startMs;
  const newId = createIdFactory({
    now: () => now,
    randomBytes: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  });
  for (let from = 0; from < count; from += perWrite) {
    const rows = Array.from({ length: Math.min(perWrite, count - from) }, (_, index) => {
      now += apartMs;
      const number = from + index;
      return {
        id: newId(),
        // The further behind, the quieter a room.
        room_id: rooms[Math.floor(rooms.length ** (((number * 7_919) % 10_007) / 10_007)) - 1],
        seq: 1_000_000 + number,
        author: authors[number % authors.length],
        client_id: `filled-${number}`,
        digest: '',
        text: words.message(),
        posted_at: now,
      };
    });
    await database.write('fill', JSON.stringify(rows));
  }
  await database.write('index', null);
  await database.close();
}
