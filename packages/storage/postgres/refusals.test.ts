import { expect, test } from 'vitest';
import { DatabaseRefused } from '../database.ts';
import { usePostgres } from '../testing/postgres-place.ts';
import { checkServer, riskySettings, type ServerFacts } from './check-server.ts';

const place = usePostgres();

/** The sentence with which a URL is refused. */
async function refusal(url: string): Promise<string> {
  const error = await place.open(url).then(
    () => 'it was opened',
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseRefused);
  return (error as Error).message;
}

async function changed(change: (url: URL) => void): Promise<URL> {
  const url = new URL(await place.newDatabase());
  change(url);
  return url;
}

test('a server that is not there is named', async () => {
  const url = await changed((each) => {
    each.port = '1';
  });
  expect(await refusal(url.href)).toMatch(/^No PostgreSQL answers at 127\.0\.0\.1:1\. Start it, or correct/);
});

test('a host that is not there is named', async () => {
  const url = await changed((each) => {
    each.hostname = 'no-such-host.invalid';
  });
  expect(await refusal(url.href)).toMatch(/^No PostgreSQL answers at no-such-host\.invalid:\d+\./);
});

test('a wrong password is refused without saying it', async () => {
  const url = await changed((each) => {
    each.password = 'secret-canary';
  });
  const sentence = await refusal(url.href);
  expect(sentence).toContain(`does not let ${url.username} in`);
  expect(sentence).not.toContain('secret-canary');
});

test('a database that is missing is named, with how to make it', async () => {
  const url = await changed((each) => {
    each.pathname = '/nowhere';
  });
  expect(await refusal(url.href)).toContain('has no database nowhere. Make one: createdb');
});

test('what is no URL of PostgreSQL is refused without repeating it, because it may hold a password', async () => {
  for (const url of ['not a url with secret-canary', 'mysql://me:secret-canary@host/db']) {
    const sentence = await refusal(url);
    expect(sentence).toContain('postgres://user:password@host:5432/database');
    expect(sentence).not.toContain('secret-canary');
  }
});

test('a user who may not make tables is told what to change', async () => {
  const admin = await place.server.newDatabase();
  await place.server.query("CREATE ROLE reader LOGIN PASSWORD 'reader'", admin);
  try {
    const url = new URL(admin);
    url.username = 'reader';
    url.password = 'reader';
    expect(await refusal(url.href)).toMatch(/reader may not make tables in the database .* OWNER TO reader/);
  } finally {
    await place.server.query('DROP ROLE reader', admin);
  }
});

test('a database that would lose acknowledged messages is refused, with what to set', async () => {
  const url = await place.newDatabase();
  const name = new URL(url).pathname.slice(1);
  await place.server.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  const sentence = await refusal(url);
  expect(sentence).toContain('synchronous_commit = off');
  expect(sentence).toContain(`ALTER DATABASE ${name} SET synchronous_commit = on`);
});

const address = { server: 'db.example:5432', database: 'confab', user: 'confab' };
const sound: ServerFacts = {
  server_version_num: '150004',
  server_version: '15.4',
  server_encoding: 'UTF8',
  synchronous_commit: 'on',
  fsync: 'on',
  full_page_writes: 'on',
  standby: '0',
};

test.each<[Partial<ServerFacts>, string]>([
  [{ server_version_num: '140011', server_version: '14.11' }, 'is version 14.11; Confab needs 15 or later'],
  [{ standby: '1' }, 'is a standby, which cannot be written to'],
  [{ server_encoding: 'SQL_ASCII' }, 'holds texts in SQL_ASCII'],
  [{ synchronous_commit: 'local' }, 'synchronous_commit = local'],
])('%o is refused', (facts, sentence) => {
  expect(() => checkServer({ ...sound, ...facts }, address)).toThrow(sentence);
});

test('stronger commits than ours are welcome, and what risks data is named', () => {
  checkServer({ ...sound, synchronous_commit: 'remote_apply' }, address);
  expect(riskySettings(sound)).toEqual([]);
  expect(riskySettings({ ...sound, fsync: 'off' })).toEqual(['fsync']);
});
