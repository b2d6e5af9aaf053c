import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfab, MemoryOutbox } from '@confab/client';
import type { ClientId } from '@confab/protocol';
import { freePort } from '@confab/testing/free-port';
import { startPostgres } from '@confab/testing/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { HttpApi } from '../load/http-api.ts';
import { populate } from '../load/population.ts';
import { ServerProcess } from '../process/server-process.ts';
import { progressLines } from './progress-lines.ts';
import { holdingsIn, runConfab } from './run-confab.ts';

let postgres: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  postgres = await startPostgres({ fsync: false });
});
afterAll(() => postgres.remove());

let folder: string;
let servers: ServerProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'confab-admin-'));
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
});

interface Where {
  data?: string;
  databaseUrl?: string;
  port?: number;
}

async function serve({ data = join(folder, 'data'), databaseUrl = '', port }: Where = {}): Promise<ServerProcess> {
  const env = { CONFAB_DATABASE_URL: databaseUrl, CONFAB_LOG_LEVEL: 'error' };
  const server = ServerProcess.start({ data, port: port ?? (await freePort()), entry: 'measured', env });
  servers.push(server);
  await server.ready(60_000);
  return server;
}

const confab = (args: string[], { data = join(folder, 'data'), databaseUrl = '' }: Where = {}): Promise<string> =>
  runConfab(args, { CONFAB_DATA: data, CONFAB_DATABASE_URL: databaseUrl });
/** What it says when it fails, all of it. */
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'it went well',
    ({ stdout = '', stderr = '', message }: Error & { stdout?: string; stderr?: string }) => stdout + stderr || message,
  );

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Sends a file to a room and posts it; its id. */
async function postFile(url: string, token: string, room: string, content: string): Promise<string> {
  const authorization = `Bearer ${token}`;
  const answer = await fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      authorization,
      'tus-resumable': '1.0.0',
      'upload-length': `${Buffer.byteLength(content)}`,
      'upload-metadata': `room ${base64(room)},filename ${base64('notes.txt')}`,
      'content-type': 'application/offset+octet-stream',
    },
    body: content,
  });
  const file = answer.headers.get('location')?.split('/').at(-1) ?? '';
  await fetch(`${url}/api/v1/rooms/${room}/messages`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ clientId: 'a-file', text: '', files: [file] }),
  });
  return file;
}

const post = (api: HttpApi, room: string, text: string) =>
  api.call('message.post', { room: room as never, clientId: text.replaceAll(' ', '-') as ClientId, text });

async function until(holds: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > deadlineMs) throw new Error('It did not come to hold.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('npm run confab', () => {
  test('lists its commands, and says what is missing or wrong', async () => {
    for (const word of ['backup FILE', 'restore FILE', 'promote [URL]', 'demote [FILE or FOLDER]']) {
      expect(await confab([])).toContain(word);
    }
    expect(await failure(confab(['restroe', 'x']))).toContain('npm run confab -- <command>');
    expect(await failure(confab(['backup']))).toBe('Say which file the backup is to be.\n');
    expect(await failure(confab(['demote']))).toBe('Set CONFAB_DATABASE_URL to say from which PostgreSQL.\n');
    expect(await failure(confab(['backup', join(folder, 'x')]))).toMatch(/^There is no database .*confab\.db\.\n$/);
  });

  test('[L1] [L7] whoever saw more than a restored backup holds loads it anew, and hears what comes then', async () => {
    const server = await serve();
    const { owner, room } = await populate(server.url, 0);
    const client = createConfab({ url: server.url, token: owner.token, outbox: new MemoryOutbox() });
    onTestFinished(() => client.stop());
    client.start();
    const timeline = client.rooms.timeline(room);
    timeline.open();
    const shown = () => timeline.get().items.flatMap((item) => (item.kind === 'message' ? [item.message.text] : []));
    await post(owner.api, room, 'kept');
    await confab(['backup', join(folder, 'backup')]);
    await post(owner.api, room, 'after the backup');
    await until(() => shown().includes('after the backup'));
    await server.end('SIGKILL');
    const elsewhere = join(folder, 'elsewhere');
    await confab(['restore', join(folder, 'backup')], { data: elsewhere });
    await serve({ data: elsewhere, port: Number(new URL(server.url).port) });
    // It takes the place of the one that was lost: same number, other history.
    await post(owner.api, room, 'another one');
    await until(() => shown().includes('another one'));
    expect(shown()).toEqual(['kept', 'another one']);
    owner.api.close();
  }, 180_000);

  test('a backup has the content of files beside it, which comes back with it', async () => {
    const server = await serve();
    const { owner, room } = await populate(server.url, 0);
    owner.api.close();
    const file = await postFile(server.url, owner.token, room, 'What we said.');
    const said = await confab(['backup', join(folder, 'backup')]);
    expect(said).toContain(`13 bytes in 1 piece, is in ${join(folder, 'backup-files')}. It belongs to the backup`);
    await server.end('SIGTERM');
    const elsewhere = join(folder, 'elsewhere');
    const restored = await confab(['restore', join(folder, 'backup')], { data: elsewhere });
    expect(restored).toContain(`13 bytes in 1 piece, is in ${join(elsewhere, 'files')} now, compared`);
    rmSync(join(folder, 'data'), { recursive: true });
    const again = await serve({ data: elsewhere });
    const headers = { authorization: `Bearer ${owner.token}` };
    const answer = await fetch(`${again.url}/api/v1/files/${file}/content`, { headers });
    expect(await answer.text()).toBe('What we said.');
  }, 180_000);

  test('moves to PostgreSQL and back, and no server starts where the data no longer is', async () => {
    const url = await postgres.newDatabase();
    const server = await serve();
    const { owner, room } = await populate(server.url, 0);
    await post(owner.api, room, 'first');
    expect(await failure(confab(['promote', url]))).toContain('is in use by process');
    await server.end('SIGTERM');
    const before = holdingsIn(await confab(['backup', join(folder, 'before')]));
    expect(holdingsIn(await confab(['promote', url]))).toEqual(before);
    expect(await failure(serve())).toMatch(/was moved to confab_test_\w+ at 127\.0\.0\.1:\d+/);
    const there = await serve({ databaseUrl: url });
    const api = new HttpApi(there.url, owner.token);
    await post(api, room, 'second');
    expect(await failure(confab(['demote'], { databaseUrl: url }))).toContain('Stop all servers that use it first');
    await there.end('SIGTERM');
    await confab(['demote'], { databaseUrl: url });
    const refused = await failure(serve({ databaseUrl: url }));
    expect(refused).toContain('was moved to');
    expect(refused).not.toContain(new URL(url).password);
    const back = await serve();
    const { events } = await new HttpApi(back.url, owner.token).call('log.read', { log: `room:${room}`, after: 0 });
    expect(JSON.stringify(events)).toContain('second');
    owner.api.close();
    api.close();
  }, 270_000);

  test('never says a password, whatever is wrong with the URL', async () => {
    await (await serve()).end('SIGTERM');
    const password = new URL(postgres.url).password;
    for (const url of [
      postgres.url.replace(password, 'hunter-2-secret'),
      'postgres://someone:hunter-2-secret@127.0.0.1:1/nowhere',
      'postgres://someone:hunter-2-secret@host with spaces/nowhere',
      'mysql://someone:hunter-2-secret@localhost/nowhere',
    ]) {
      const said = await failure(confab(['promote', url]));
      expect(said).toMatch(/\w+ \w+/);
      expect(said).not.toContain('hunter-2-secret');
      expect(said).not.toContain('\n    at ');
    }
    await (await serve()).end('SIGTERM');
  }, 180_000);
});

test('progress is told at most once a second', () => {
  let now = 0;
  const said: string[] = [];
  const progress = progressLines(
    (line) => said.push(line),
    () => now,
  );
  for (let rows = 500; rows <= 5_000; rows += 500) {
    now += 300;
    progress({ doing: 'copying', table: 'events', rows, of: 5_000 });
  }
  expect(said).toEqual(['Copying events: 2,000 of 5,000 rows', 'Copying events: 4,000 of 5,000 rows']);
});
