import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrivatePostgres, startPostgres } from '@confab/testing/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setUpOwner } from '../testing/open-server.ts';
import { ServerChild } from '../testing/server-child.ts';

let postgres: PrivatePostgres;
let database: string;
let data: string;
const servers: ServerChild[] = [];
beforeAll(async () => {
  postgres = await startPostgres({ fsync: false });
});
beforeEach(async () => {
  database = await postgres.newDatabase();
  data = mkdtempSync(join(tmpdir(), 'confab-processes-'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.end('SIGTERM')));
  rmSync(data, { recursive: true, force: true });
});
afterAll(() => postgres.remove());

function start(args: string[], environment: Record<string, string> = {}): ServerChild {
  const server = new ServerChild({ CONFAB_DATA: data, CONFAB_NODE_HOST: '127.0.0.1', ...environment }, 'bare', args);
  servers.push(server);
  return server;
}

const several = () => start(['--processes', '2'], { CONFAB_DATABASE_URL: database });

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function until(condition: () => boolean | Promise<boolean>, what: () => string = () => ''): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain. ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Over a connection of its own, so that the system chooses a process anew. */
const fetchAnew = (url: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), connection: 'close' } });

describe('one server on PostgreSQL', () => {
  it('says where its data is, and never its password', async () => {
    const server = start([], { CONFAB_DATABASE_URL: database, CONFAB_LOG_LEVEL: 'debug' });
    await server.ready();
    const { hostname, pathname, password } = new URL(database);
    const sentence = `Its data is in the PostgreSQL database ${pathname.slice(1)} at ${hostname}`;
    await until(
      () => server.said.includes(sentence),
      () => server.said,
    );
    expect(password).not.toBe('');
    expect(server.said + server.logged).not.toContain(password);
  });

  it('that cannot be reached says so in a sentence, without its password', async () => {
    const server = start([], { CONFAB_DATABASE_URL: 'postgres://confab:hush-hush@127.0.0.1:1/confab' });
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.logged).toMatch(/127\.0\.0\.1/);
    expect(server.logged).not.toMatch(/\n\s+at |hush-hush/);
  });
});

describe('--processes', () => {
  it('is refused with SQLite, with what to set instead', async () => {
    const server = start(['--processes', '2']);
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.logged).toContain('--processes needs PostgreSQL');
    expect(server.logged).toContain('Set CONFAB_DATABASE_URL=postgres://');
  });

  it('says once why it cannot start', async () => {
    const server = start(['--processes', '2'], { CONFAB_DATABASE_URL: 'postgres://confab@127.0.0.1:1/confab' });
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.logged.trim().split('\n')).toHaveLength(1);
  });

  it('answers on one port, whichever process a request comes to', async () => {
    const server = several();
    const { url, ...asker } = await server.ready();
    const { token, room } = await setUpOwner({ url, ...asker } as never);
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    const connections = `${url}/api/v1/connections`;
    const body = [
      '{"id":1,"command":"connection.hello","params":{"versions":[1]}}',
      `{"id":2,"command":"log.listen","params":{"logs":[{"log":"room:${room}","level":"live"}]}}`,
    ].join('\n');
    const begun = await fetchAnew(connections, { method: 'POST', headers, body });
    const opened = (await begun.json()) as { connection: string; next: number };
    let { next } = opened;
    const heard: string[] = [];
    const texts = Array.from({ length: 12 }, (_, index) => `text ${index}`);
    for (const text of texts) {
      const params = { room, text, clientId: randomUUID() };
      expect(await asker.tell('message.post', params, token)).toHaveProperty('result');
      while (!heard.includes(text)) {
        const response = await fetchAnew(`${connections}/${opened.connection}?after=${next}&wait=5`, { headers });
        expect(response.status).toBe(200);
        const polled = (await response.json()) as { next: number; frames: { data?: { text?: string } }[] };
        ({ next } = polled);
        heard.push(...polled.frames.flatMap(({ data }) => (data?.text === undefined ? [] : [data.text])));
      }
    }
    expect(heard).toEqual(texts);
  });

  it('starts again what ends, and goes on meanwhile', async () => {
    const server = several();
    const { url } = await server.ready();
    await until(() => childrenOf(server.pid).length === 2);
    const [victim = 0] = childrenOf(server.pid);
    process.kill(victim, 'SIGKILL');
    await until(() => !lives(victim));
    expect((await fetchAnew(`${url}/health/live`)).status).toBe(200);
    await until(() => childrenOf(server.pid).length === 2);
    expect(childrenOf(server.pid)).not.toContain(victim);
    expect(server.logged).toContain('a process ended and is started again');
  });

  it('ends as a whole when it is asked to', async () => {
    const server = several();
    await server.ready();
    const children = childrenOf(server.pid);
    expect(await server.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(children.filter(lives)).toEqual([]);
    expect(server.said.match(/Stopping/g)).toHaveLength(1);
  });

  it('leaves no process behind when it is killed', async () => {
    const server = several();
    await server.ready();
    const children = childrenOf(server.pid);
    await server.end('SIGKILL');
    await until(() => !children.some(lives));
  });
});
