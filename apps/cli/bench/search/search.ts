import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoomId } from '@confab/protocol';
import { freePort } from '@confab/testing/free-port';
import { startPostgres } from '@confab/testing/postgres';
import { atMost, type Figure, percentile, told } from '../../figures.ts';
import { LoadConnection } from '../../load/load-connection.ts';
import { type Inhabitant, type Population, patiently, populate } from '../../load/population.ts';
import { ServerProcess } from '../../process/server-process.ts';
import { SpokenWords, seeded } from './spoken-words.ts';
import { fillMessages } from './testing/fill-messages.ts';

export interface SearchOptions {
  messages: number;
  /** Of each kind. */
  queries: number;
  /** 0: SQLite alone. */
  postgres: number;
}

const roomCount = 60;
const boundMs = 50;
const markerPatienceMs = 1_800_000;

/** Bar 37: how long a search takes, from the question to the answer over a connection. */
export async function search(options: SearchOptions): Promise<Figure[]> {
  const sqlite = await measured('SQLite', undefined, options);
  if (options.postgres === 0) return sqlite;
  const postgres = await startPostgres();
  try {
    const url = await postgres.newDatabase();
    return [...sqlite, ...(await measured('PostgreSQL', url, options))];
  } finally {
    await postgres.remove();
  }
}

async function measured(name: string, database: string | undefined, options: SearchOptions): Promise<Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'confab-bench-'));
  const port = await freePort();
  const env = { CONFAB_TEST_ROOMY: '1', ...(database === undefined ? {} : { CONFAB_DATABASE_URL: database }) };
  const start = async () => {
    const server = ServerProcess.start({ data, port, entry: 'measured', env });
    await server.ready();
    return server;
  };
  let server = await start();
  try {
    const people = await populate(server.url, 3);
    const rooms = await makeRooms(people);
    await server.end('SIGTERM');
    const words = new SpokenWords(7);
    const authors = [people.owner, ...people.members].map(({ user }) => user);
    await fillMessages({ data, database }, { count: options.messages, rooms, authors, words });
    server = await start();
    const perSecond = await indexed(people, options.messages);
    const [member = people.owner] = people.members;
    const figures = [told(`${name}: earlier messages indexed`, perSecond, 'messages/s')];
    for (const [kind, make] of Object.entries(kinds)) {
      for (const [who, asker] of [
        ['all rooms', people.owner],
        ['a few rooms', member],
      ] as const) {
        const tookMs = await ask(server.url, asker, options.queries, seededQueries(words, make));
        figures.push(atMost(`${name}: ${kind}, ${who}, p95`, percentile(tookMs, 0.95), boundMs, 'ms'));
        figures.push(told(`${name}: ${kind}, ${who}, p50`, percentile(tookMs, 0.5), 'ms'));
      }
    }
    return figures;
  } finally {
    await server.end('SIGKILL');
    await rm(data, { recursive: true, force: true });
  }
}

/** Most of them private: the members are in a few. */
async function makeRooms({ owner, members, space }: Population): Promise<RoomId[]> {
  const rooms: RoomId[] = [];
  for (let index = 0; index < roomCount; index += 1) {
    const made = { space, name: `room-${index}`, visibility: 'private' } as const;
    const { room } = await patiently(() => owner.api.call('room.create', made));
    rooms.push(room.info.id);
    if (index % 12 !== 5) continue;
    for (const { user } of members) {
      await patiently(() => owner.api.call('room.invite', { room: room.info.id, user }));
    }
  }
  return rooms;
}

/** Waits until the oldest message is found; how many were indexed a second. */
async function indexed({ owner }: Population, messages: number): Promise<number> {
  const startedMs = performance.now();
  while (performance.now() - startedMs < markerPatienceMs) {
    const text = 'before:2024-01-02 from:owner';
    const { found } = await patiently(() => owner.api.call('search.messages', { text, limit: 1 }));
    if (found.length > 0) return Math.round((messages * 1_000) / (performance.now() - startedMs));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('The messages were not indexed in time.');
}

type Random = () => number;
type MakeQuery = (words: SpokenWords, random: Random) => string;

/** As common as what people say: they look for what is said rarely as well as for what everybody says. */
const anyRank = (random: Random, of: number): number => Math.floor(of ** random()) - 1;

const kinds: Readonly<Record<string, MakeQuery>> = {
  words: (words, random) =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => words.word(anyRank(random, 100_000))).join(' '),
  'parts of words': (words, random) => {
    const word = words.word(2_000 + Math.floor(random() * 90_000));
    const from = Math.floor(random() * Math.max(1, word.length - 4));
    return word.slice(from, from + 4 + Math.floor(random() * 3));
  },
  'Chinese characters': (words, random) => words.characters(anyRank(random, 3_000), 1 + Math.floor(random() * 3)),
  'phrases and filters': (words, random) => {
    const [a, b] = [words.word(anyRank(random, 20_000)), words.word(anyRank(random, 20_000))];
    const forms = [
      `"${a} ${b}"`,
      `${a} -${b}`,
      `${a} from:member-1`,
      `${a} before:2024-06-01`,
      `${a} after:2025-01-01`,
    ];
    return forms[Math.floor(random() * forms.length)] ?? a;
  },
};

function seededQueries(words: SpokenWords, make: MakeQuery): () => string {
  const random = seeded(11);
  return () => make(words, random);
}

async function ask(url: string, { token }: Inhabitant, count: number, next: () => string): Promise<number[]> {
  const connection = await LoadConnection.open(url, token);
  const tookMs: number[] = [];
  for (let index = -20; index < count; index += 1) {
    const text = next();
    const startedMs = performance.now();
    await patiently(() => connection.call('search.messages', { text, limit: 20 }));
    // The first ones are to warm up.
    if (index >= 0) tookMs.push(performance.now() - startedMs);
  }
  connection.destroy();
  return tookMs;
}
