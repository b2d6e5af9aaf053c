import { createCipheriv, hash, randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileId, RoomId } from '@confab/protocol';
import { configWith, type RunningServer, startServer } from '@confab/server';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Confab } from './api.ts';
import { bounds } from './bounds.ts';
import type { ChosenFile } from './files-api.ts';
import { createConfab } from './index.ts';
import { systemPorts } from './system-ports.ts';

const mib = 1024 * 1024;
const fast = { perSecond: 100_000, burst: 100_000 };
const chatLimits = { rates: { post: fast, write: fast, read: fast } };

let data: string;
let server: RunningServer;
let port = 0;
let between: Server;
let token = '';
let room: RoomId;
/** What stands between does with bodies. */
let limit: number;
let cuts: number[];
let bodies: number[];
const clients: Confab[] = [];

const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 60_000, interval: 20 });

async function start(): Promise<void> {
  server = await startServer(configWith({ data, port, host: '127.0.0.1', logLevel: 'silent' }), { chatLimits });
  port = server.port;
}

/** Passes a request on, unless its body is too large, or it is to break off after so many bytes. */
function pass(asked: IncomingMessage, answer: ServerResponse): void {
  const size = Number(asked.headers['content-length'] ?? 0);
  if (asked.method === 'PATCH') bodies.push(size);
  if (size > limit) {
    asked.resume();
    answer.writeHead(413, { 'content-type': 'text/html' }).end('<h1>413 Request Entity Too Large</h1>');
    return;
  }
  const onward = request({ port, method: asked.method, path: asked.url, headers: asked.headers, host: '127.0.0.1' });
  onward.on('error', () => answer.destroy());
  onward.on('response', (answered) => {
    answer.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(answer);
  });
  let left = asked.method === 'PATCH' ? cuts.shift() : undefined;
  asked.on('error', () => onward.destroy());
  asked.on('end', () => onward.end());
  asked.on('data', (bytes: Buffer) => {
    if (left === undefined) return void onward.write(bytes);
    if (left > 0) onward.write(bytes.subarray(0, left));
    left -= bytes.length;
    if (left > 0) return;
    asked.destroy();
    onward.destroy();
  });
}

/** Its bytes go through what stands between; it does not wait long between two tries. */
async function device(): Promise<Confab> {
  const ports = systemPorts();
  const through = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
  const confab = createConfab({
    url: server.url,
    token,
    ports: {
      after: (delayMs, task) => ports.after(Math.min(delayMs, 50), task),
      fetch: (url, init) =>
        ports.fetch(String(url).includes('/uploads') ? String(url).replace(server.url, through) : url, init),
    },
  });
  clients.push(confab);
  confab.start();
  await eventually(() => expect(confab.connection.get().status).toBe('online'));
  return confab;
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'confab-files-'));
  await start();
  between = createServer(pass).listen(0, '127.0.0.1');
  const owner = createConfab({ url: server.url });
  clients.push(owner);
  const password = 'correct horse battery staple';
  const made = await owner.account.setUp({ handle: 'owner', name: 'Owner', password, space: 'Team' });
  token = made.token ?? '';
  room = (await owner.call('account.home', {})).rooms[0]?.info.id as RoomId;
  limit = Number.POSITIVE_INFINITY;
  [cuts, bodies] = [[], []];
});
afterEach(() => {
  limit = Number.POSITIVE_INFINITY;
  [cuts, bodies] = [[], []];
});
afterAll(async () => {
  for (const confab of clients) await confab.stop();
  between.closeAllConnections();
  between.close();
  await server.close();
  await rm(data, { recursive: true, force: true });
});

const attach = (confab: Confab, file: ChosenFile) => confab.files.attach({ room, thread: null }, [file])[0] as string;

async function arrived(confab: Confab, id: string): Promise<FileId> {
  await eventually(() => expect(confab.files.upload(id).get()).toMatchObject({ status: 'arrived', error: null }));
  return confab.files.upload(id).get()?.file?.id as FileId;
}

async function hashOf(confab: Confab, file: FileId): Promise<string> {
  const { address } = await confab.files.signedAddress(file);
  return hash('sha256', Buffer.from(await (await fetch(server.url + address)).arrayBuffer()));
}

/** Bytes that are the same in every run, and nowhere the same in a file. */
function bytesOf(seed: string, size: number): Uint8Array<ArrayBuffer> {
  const key = hash('sha256', seed, 'buffer').subarray(0, 16);
  return Uint8Array.from(createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size)));
}

describe('a client, a real server and what stands between them', () => {
  it('get a file across whole, though it breaks off again and again and the server is restarted', async () => {
    const confab = await device();
    const content = bytesOf('cut', 4 * mib);
    cuts = [0, 1, 65_537, 400_001, 262_144, mib - 1, 300_003, 5, 100_000];
    const id = attach(confab, { name: 'cut.bin', data: new Blob([content]) });
    await eventually(() => expect(cuts.length).toBeLessThan(5));
    await server.close();
    await start();
    const file = await arrived(confab, id);
    expect(await hashOf(confab, file)).toBe(hash('sha256', content));
    expect(bodies.length).toBeGreaterThan(5);
  });

  it('agree on smaller parts where large ones are not let through', async () => {
    const confab = await device();
    limit = mib;
    const content = bytesOf('limit', 5 * mib + 1);
    const file = await arrived(confab, attach(confab, { name: 'limit.bin', data: new Blob([content]) }));
    expect(await hashOf(confab, file)).toBe(hash('sha256', content));
    expect(bodies[0]).toBe(content.length);
    const passed = bodies.filter((size) => size <= limit);
    expect(Math.min(...passed.slice(0, -1))).toBeGreaterThanOrEqual(bounds.chunkBytes.least);
    expect(passed.reduce((sum, size) => sum + size, 0)).toBe(content.length);
  });

  it('post it with what was said of it, and others get the same bytes', async () => {
    const [ada, other] = [await device(), await device()];
    const path = join(data, 'notes.txt');
    await writeFile(path, 'from a disk\n');
    const id = attach(ada, { name: 'notes.txt', data: await openAsBlob(path) });
    ada.files.describe(id, 'What was said.');
    const empty = attach(ada, { name: 'empty.txt', data: new Blob([]) });
    const [talk, heard] = [ada.rooms.timeline(room), other.rooms.timeline(room)];
    talk.open();
    heard.open();
    talk.post('', undefined, [id, empty]);
    await eventually(() => expect(heard.get().items.at(-1)).toMatchObject({ kind: 'message' }));
    const item = heard.get().items.at(-1);
    const files = item?.kind === 'message' ? (item.message.files ?? []) : [];
    expect(files).toMatchObject([
      { name: 'notes.txt', description: 'What was said.' },
      { name: 'empty.txt', size: 0 },
    ]);
    expect(await hashOf(other, files[0]?.id as FileId)).toBe(hash('sha256', 'from a disk\n'));
    await eventually(() => expect(ada.files.upload(id).get()).toBeUndefined());
    const listed = await other.files.list(room);
    expect(listed.files.map(({ file }) => file.name).sort()).toEqual(['empty.txt', 'notes.txt']);
  });

  it('delete what is taken away before it is posted', async () => {
    const confab = await device();
    const id = attach(confab, { name: 'a', data: new Blob([randomBytes(1_000)]) });
    const file = await arrived(confab, id);
    confab.files.discard(id);
    await eventually(() => expect(confab.files.show(file)).rejects.toMatchObject({ code: 'not-found' }));
  });
});
