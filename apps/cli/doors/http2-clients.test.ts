import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configWith, type RunningServer, startServer } from '@confab/server';
import { ensureDebianPackages } from '@confab/testing/debian';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

/** Command line clients that speak HTTP/2, as Debian has them. */
const clients = {
  nghttp: (url: string, headers: readonly string[], body?: string) => [
    ...['--no-verify-peer', '--no-dep', ...headers.flatMap((header) => ['-H', header])],
    ...(body === undefined ? [] : ['-d', body]),
    url,
  ],
  curl: (url: string, headers: readonly string[], body?: string) => [
    ...['--http2', '--insecure', '--silent', '--no-buffer', ...headers.flatMap((header) => ['-H', header])],
    ...(body === undefined ? [] : ['--data-binary', `@${body}`]),
    url,
  ],
} as const;
type Client = keyof typeof clients;

const running = new Set<ChildProcess>();
let folder: string;
let server: RunningServer;
let token: string;
let room: string;

beforeAll(async () => {
  await ensureDebianPackages([
    { command: 'nghttp', package: 'nghttp2-client' },
    { command: 'curl', package: 'curl' },
  ]);
  folder = await mkdtemp(join(tmpdir(), 'confab-http2-'));
  const config = { data: join(folder, 'data'), port: 0, host: '127.0.0.1', tlsSelfSigned: true };
  server = await startServer(configWith({ ...config, logLevel: 'silent' }));
  const owner = { handle: 'owner', name: 'Owner', password: 'correct horse battery', space: 'Home', deliver: 'token' };
  ({ token } = JSON.parse(await ask('curl', '/account/set-up', owner)));
  room = JSON.parse(await ask('curl', '/account/home')).rooms[0].info.id;
}, 720_000);
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts a request; `said` is what has come of its answer. */
async function begin(client: Client, path: string, body?: unknown, ...headers: string[]) {
  const sent = body === undefined ? undefined : join(folder, randomUUID());
  if (sent !== undefined) await writeFile(sent, JSON.stringify(body));
  const all = [`authorization: Bearer ${token}`, 'content-type: application/json', ...headers];
  // Line by line, or nothing is heard of it before it ends.
  const child = spawn('stdbuf', ['-oL', client, ...clients[client](`${server.url}/api/v1${path}`, all, sent)]);
  running.add(child);
  const run = { said: '', ended: once(child, 'close').finally(() => running.delete(child)) };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      run.said += String(chunk);
    });
  }
  return run;
}

async function ask(client: Client, path: string, body?: unknown): Promise<string> {
  const run = await begin(client, path, body);
  await run.ended;
  return run.said;
}

describe.each(Object.keys(clients) as Client[])('%s over HTTP/2', (client) => {
  test('[D1] hears over a stream what it posts with a request', async () => {
    const stream = await begin(client, `/events?room=${room}`, undefined, 'accept: application/x-ndjson');
    await vi.waitFor(() => expect(stream.said).toContain('{"cursor":'), { timeout: 20_000 });
    const text = `Hello from ${client} ${randomUUID()}`;
    const answer = JSON.parse(await ask(client, `/rooms/${room}/messages`, { clientId: randomUUID(), text }));
    expect(answer).toMatchObject({ epoch: 1, seq: expect.any(Number) });
    await vi.waitFor(() => expect(stream.said).toContain(text), { timeout: 20_000 });
    const frames = stream.said.split('\n').filter((line) => line.startsWith('{"event"'));
    expect(frames.map((line) => JSON.parse(line)).find(({ data }) => data.text === text)).toMatchObject({
      event: 'message.posted',
      seq: answer.seq,
    });
  });

  test('[L2] repeats a send without a second message', async () => {
    const send = { clientId: randomUUID(), text: 'once' };
    const [first, second] = [
      await ask(client, `/rooms/${room}/messages`, send),
      await ask(client, `/rooms/${room}/messages`, send),
    ];
    expect(JSON.parse(first).id).toEqual(expect.any(String));
    expect(second).toBe(first);
  });
});
