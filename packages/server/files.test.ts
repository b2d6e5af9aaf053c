import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import type { PlacedFile } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenServer, openServer, setUpOwner, signUpMember } from './testing/open-server.ts';

let server: OpenServer;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
let guest: Awaited<ReturnType<typeof signUpMember>>;
let sends = 0;
beforeAll(async () => {
  server = await openServer({ fileMegabytes: 4 });
  owner = await setUpOwner(server);
  guest = await signUpMember(server, owner.token, owner.space, 'gil', 'guest');
});
afterAll(() => server.close());

const tus = { 'tus-resumable': '1.0.0' };
const base64 = (text: string) => Buffer.from(text).toString('base64');
const authorised = (token = owner.token) => ({ ...tus, authorization: `Bearer ${token}` });

function create(name: string, size: number, headers: Record<string, string> = authorised()): Promise<Response> {
  const metadata = `room ${base64(owner.room)},filename ${base64(name)}`;
  return fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': `${size}`, 'upload-metadata': metadata },
  });
}

function patch(path: string, offset: number, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  const headers = { ...authorised(), 'upload-offset': `${offset}`, 'content-type': 'application/offset+octet-stream' };
  return fetch(`${server.url}${path}`, { method: 'PATCH', headers, body });
}

async function sent(bytes: Uint8Array<ArrayBuffer>, name = 'a.bin'): Promise<string> {
  const created = await create(name, bytes.length);
  const path = created.headers.get('location') ?? '';
  expect(created.status).toBe(201);
  expect((await patch(path, 0, bytes)).status).toBe(204);
  return path.slice(path.lastIndexOf('/') + 1);
}

async function post(files: readonly string[], text = ''): Promise<string> {
  sends += 1;
  const params = { room: owner.room, clientId: `send-${sends}`, text, files };
  return (await server.ask('message.post', params as never, owner.token)).id;
}

const content = (file: string, headers: Record<string, string> = authorised(), query = '') =>
  fetch(`${server.url}/api/v1/files/${file}/content${query}`, { headers });

const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());

describe('a file', () => {
  it('comes by tus, is posted, and is given to those who may see it', async () => {
    const bytes = randomBytes(300_000);
    const file = await sent(bytes, 'numbers.bin');
    const message = await post([file], 'look');
    const { message: shown } = await server.ask('message.show', { message: message as never }, owner.token);
    expect(shown.files).toMatchObject([{ id: file, name: 'numbers.bin', size: bytes.length }]);
    const answer = await content(file);
    expect(answer.status).toBe(200);
    expect(await bytesOf(answer)).toEqual(new Uint8Array(bytes));
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename=numbers.bin',
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
    });
  });

  it('is nobody else’s before it is posted, and nobody’s who is not in the room', async () => {
    const file = await sent(randomBytes(10));
    expect((await content(file, {})).status).toBe(401);
    expect((await content(file, authorised(guest.token))).status).toBe(404);
    await post([file]);
    expect((await content(file, authorised(guest.token))).status).toBe(404);
    expect((await content(file)).status).toBe(200);
  });

  it('goes on where it broke off, whatever was in between', async () => {
    const bytes = randomBytes(200_000);
    const path = (await create('cut.bin', bytes.length)).headers.get('location') ?? '';
    await cutOff(path, bytes, 70_000);
    const head = await fetch(`${server.url}${path}`, { method: 'HEAD', headers: authorised() });
    const offset = Number(head.headers.get('upload-offset'));
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThan(bytes.length);
    expect((await patch(path, offset, bytes.subarray(offset))).status).toBe(204);
    const file = path.slice(path.lastIndexOf('/') + 1);
    await post([file]);
    expect(await bytesOf(await content(file))).toEqual(new Uint8Array(bytes));
  });

  it('is given in ranges, once to whoever has it already, and by a signed address', async () => {
    const bytes = randomBytes(1_000);
    const file = await sent(bytes);
    await post([file]);
    const part = await content(file, { ...authorised(), range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 100-199/1000']);
    expect(await bytesOf(part)).toEqual(new Uint8Array(bytes.subarray(100, 200)));
    const beyond = await content(file, { ...authorised(), range: 'bytes=1000-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    const etag = part.headers.get('etag') ?? '';
    expect((await content(file, { ...authorised(), 'if-none-match': etag })).status).toBe(304);
    const { address } = await server.ask('file.address', { file: file as never }, owner.token);
    expect((await fetch(`${server.url}${address}`)).status).toBe(200);
    expect((await fetch(`${server.url}${address.slice(0, -1)}`)).status).toBe(410);
  });

  it('that is too large is refused before a byte is sent, with the limit', async () => {
    const refused = await create('large.bin', 5 * 1024 * 1024);
    expect(refused.status).toBe(413);
    const begun = await server.tell(
      'file.begin',
      { room: owner.room, name: 'large.bin', size: 5 * 1024 * 1024 },
      owner.token,
    );
    expect(begun).toMatchObject({
      error: { code: 'file-too-large', details: { limit: 4 * 1024 * 1024, size: 5 * 1024 * 1024 } },
    });
  });

  it('goes with its message, its bytes too', async () => {
    const file = await sent(randomBytes(2_000));
    const message = await post([file]);
    const before = await kept();
    await server.ask('message.delete', { message: message as never }, owner.token);
    expect((await content(file)).status).toBe(404);
    await expect.poll(kept, { timeout: 20_000 }).toBe(before - 1);
  });

  it('is nothing to whoever is signed out, foreign, or says no protocol', async () => {
    expect((await create('a', 1, tus)).status).toBe(401);
    expect((await create('a', 1, { ...authorised(), origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await create('a', 1, { authorization: authorised().authorization })).status).toBe(412);
    const path = (await create('a', 5)).headers.get('location') ?? '';
    const other = await fetch(`${server.url}${path}`, { method: 'HEAD', headers: authorised(guest.token) });
    expect(other.status).toBe(404);
  });

  it('stands in the list of its room', async () => {
    const { files } = await server.ask('file.list', { room: owner.room as never }, owner.token);
    expect(files.length).toBeGreaterThan(0);
    expect(files.every(({ message }: PlacedFile) => message !== null)).toBe(true);
  });
});

/** How many pieces of content lie on disk. */
async function kept(): Promise<number> {
  const folder = join(server.data, 'files', 'blobs');
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return names.filter((each) => each.isFile()).length;
}

/** Sends the beginning of it and hangs up. */
function cutOff(path: string, bytes: Uint8Array, count: number): Promise<void> {
  return new Promise((resolve) => {
    const request = httpRequest(`${server.url}${path}`, {
      method: 'PATCH',
      headers: {
        ...authorised(),
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': bytes.length,
      },
    });
    request.on('error', () => undefined).on('close', resolve);
    request.write(bytes.subarray(0, count), () => setImmediate(() => request.destroy()));
  });
}
