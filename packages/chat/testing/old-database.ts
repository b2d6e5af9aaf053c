import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Database, Scripts, Step } from '@confab/storage';
import { sql } from '@confab/storage';
import type { DatabasePlace } from '@confab/storage/copy';
import { openSqliteInline } from '@confab/storage/sqlite';
import { migrations } from '../migrations.ts';

/** A row or two of what every version of the schema has, as the first one had it. */
const rows: readonly string[] = [
  "INSERT INTO users (id, handle, name, password_hash, created_at) VALUES ('u1', 'ada', 'Ada', 'hash', 1)",
  `INSERT INTO sessions (id, user_id, token_hash, agent, created_at, last_used_at, expires_at)
   VALUES ('s1', 'u1', 'token', 'agent', 1, 1, 2)`,
  "INSERT INTO spaces (id, name, created_by, created_at) VALUES ('p1', 'Space', 'u1', 1)",
  `INSERT INTO rooms (id, space_id, kind, visibility, name, folded_name, topic, created_by, created_at)
   VALUES ('r1', 'p1', 'channel', 'public', 'Room', 'room', '', 'u1', 1)`,
  "INSERT INTO logs (id, epoch, head, count) VALUES ('room:r1', 1, 1, 1)",
  `INSERT INTO events (log, seq, count, at, author, name, data, notice, subject)
   VALUES ('room:r1', 1, 1, 1, 'u1', 'message.posted', '{"text":"Grüße"}', 0, 'm1')`,
  `INSERT INTO messages (id, room_id, seq, author, client_id, digest, text, posted_at)
   VALUES ('m1', 'r1', 1, 'u1', 'c1', 'd', 'Grüße', 1)`,
];

const scripts: Scripts = {
  *fill(): Step<void> {
    for (const row of rows) yield* sql.run(row);
  },
};

/** Databases of one kind that stand at any version of the schema. */
export interface OldDatabases {
  /** A database of its own, as the release left it whose newest migration had that number; empty for 0. */
  at(version: number): Promise<DatabasePlace>;
  /** The one that those are copies of, only to be looked at, and by nobody while one is made. */
  untouched(version: number): Promise<DatabasePlace>;
  /** Starts and ends as a server does. */
  upgrade(place: DatabasePlace): Promise<void>;
  /** The names of all indexes. */
  indexes(place: DatabasePlace): Promise<string[]>;
  drop(place: DatabasePlace): Promise<void>;
}

/** Brings the database of one version to the next; what was written at the first has gone through all later ones. */
async function bringTo(version: number, open: (known: typeof migrations) => Promise<Database>): Promise<void> {
  const database = await open(migrations.slice(0, version));
  if (version === 1) await database.write('fill', null);
  await database.close();
}

export function oldSqlite(folder: string): OldDatabases {
  const templates = new Map<number, string>();
  let made = 0;
  const file = async (version: number): Promise<string> => {
    const known = templates.get(version);
    if (known !== undefined) return known;
    const path = join(folder, `version-${version}.db`);
    if (version > 1) copyFileSync(await file(version - 1), path);
    await bringTo(version, (known) => openSqliteInline({ file: path, scripts, migrations: known }));
    templates.set(version, path);
    return path;
  };
  return {
    async at(version) {
      const path = join(folder, `copy-${++made}.db`);
      if (version > 0) copyFileSync(await file(version), path);
      return { file: path };
    },
    untouched: async (version) => ({ file: await file(version) }),
    async upgrade(place) {
      await (await openSqliteInline({ file: 'file' in place ? place.file : '', scripts, migrations })).close();
    },
    async indexes(place) {
      const database = new DatabaseSync('file' in place ? place.file : '', { readOnly: true });
      const found = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name").all();
      database.close();
      return found.map(({ name }) => String(name));
    },
    drop: async () => undefined,
  };
}

export async function oldPostgres(): Promise<OldDatabases> {
  const { openPostgres } = await import('@confab/storage/postgres');
  const { startPostgres } = await import('@confab/testing/postgres');
  const at = process.env.CONFAB_TEST_STORE_URL;
  const server = await startPostgres(at === undefined ? { fsync: false } : { at });
  const templates = new Map<number, Promise<string>>();
  const make = async (version: number): Promise<string> => {
    const url = await server.newDatabase(version > 1 ? await template(version - 1) : undefined);
    if (version > 0) await bringTo(version, (known) => openPostgres({ url, scripts, migrations: known }));
    return url;
  };
  const template = (version: number): Promise<string> => {
    const made = templates.get(version) ?? make(version);
    templates.set(version, made);
    return made;
  };
  return {
    at: async (version) => ({ url: await server.newDatabase(await template(version)) }),
    untouched: async (version) => ({ url: await template(version) }),
    async upgrade(place) {
      await (await openPostgres({ url: 'url' in place ? place.url : '', scripts, migrations })).close();
    },
    async indexes(place) {
      const statement = "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname";
      const found = await server.query<{ name: string }>(statement, 'url' in place ? place.url : '');
      return found.map(({ name }) => name);
    },
    drop: (place) => server.dropDatabase('url' in place ? place.url : ''),
  };
}
