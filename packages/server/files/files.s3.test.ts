import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chat } from '@confab/chat';
import { systemPorts } from '@confab/engine';
import { parseS3Url, S3Bucket } from '@confab/storage/blobs/s3';
import { type PrivateS3, startS3 } from '@confab/testing/s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configWith } from '../config.ts';
import { type OpenServer, openServer, setUpOwner } from '../testing/open-server.ts';
import { openFiles } from './open-files.ts';
import { Sending } from './testing/sending.ts';

let store: PrivateS3;
let bucket: S3Bucket;
let server: OpenServer;
let chat: Chat;
let sending: Sending;
let owner: Awaited<ReturnType<typeof setUpOwner>>;
let url: string;
beforeAll(async () => {
  store = await startS3();
  url = await store.newBucket();
  const place = parseS3Url(url);
  if (!place) throw new Error('This is no address of a bucket.');
  bucket = new S3Bucket({ place, onFailure: () => {} });
  const onChat = (own: Chat) => {
    chat = own;
  };
  server = await openServer({ s3: place }, { onChat });
  owner = await setUpOwner(server);
  sending = new Sending({ server, token: owner.token, room: owner.room });
});
afterAll(async () => {
  await server?.close();
  await bucket?.close();
  await store?.remove();
});

async function keys(prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of bucket.list(prefix)) found.push(key);
  return found;
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const keyOf = (bytes: Uint8Array) => {
  const hex = hashOf(bytes).toString('hex');
  return `blobs/${hex.slice(0, 2)}/${hex}`;
};
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe('files in a bucket', () => {
  it('are sent in parts, posted, given in whole and in ranges, and deleted with their message', async () => {
    const bytes = randomBytes(300_000);
    const path = (await sending.begin('numbers.bin', bytes.length)).headers.get('location') ?? '';
    expect((await sending.patch(path, 0, bytes.subarray(0, 100_000))).status).toBe(204);
    expect(await sending.offset(path)).toEqual([200, 100_000]);
    expect(await keys('uploads/')).toHaveLength(1);
    expect((await sending.patch(path, 100_000, bytes.subarray(100_000))).status).toBe(204);
    expect(await keys('uploads/')).toEqual([]);
    expect(await keys('blobs/')).toEqual([keyOf(bytes)]);
    const file = path.slice(path.lastIndexOf('/') + 1);
    const { id: message } = await sending.post('look', file);
    expect(await bytesOf(await sending.content(file))).toEqual(bytes);
    const part = await sending.content(file, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 100-199/300000']);
    expect(await bytesOf(part)).toEqual(bytes.subarray(100, 200));
    // Nothing of it was ever kept here.
    const local = await readdir(join(server.data, 'files'), { recursive: true, withFileTypes: true });
    expect(local.filter((each) => each.isFile())).toEqual([]);
    await server.ask('message.delete', { message }, owner.token);
    expect((await sending.content(file)).status).toBe(404);
    await expect.poll(() => keys('blobs/'), { timeout: 20_000 }).toEqual([]);
  });

  it('an empty one is one too', async () => {
    const path = (await sending.begin('nothing', 0)).headers.get('location') ?? '';
    const file = path.slice(path.lastIndexOf('/') + 1);
    await server.ask('file.complete', { file: file as never }, owner.token);
    await sending.post('nothing', file);
    expect(await bytesOf(await sending.content(file))).toEqual(Buffer.alloc(0));
  });

  it('what is nobody’s is found by the sweep and deleted, what somebody has is not', async () => {
    const [kept, orphan] = [randomBytes(1_000), randomBytes(1_000)];
    const { file } = await sending.send(kept);
    await sending.post('kept', file);
    await bucket.putBytes(keyOf(orphan), orphan);
    const left = 'uploads/01900000-0000-7000-8000-000000000000/000000000000000-3';
    await bucket.putBytes(left, Buffer.from('abc'));
    const { timers, clock } = systemPorts();
    const later = { ...clock, now: () => clock.now() + 2 * 24 * 3_600_000 };
    const files = openFiles(configWith({ s3: parseS3Url(url) ?? null }), {
      ...{ data: server.data, clock: later, timers, report: () => {} },
      announcedOf: (id) => chat.files.announced(id),
      claim: (holder, hashes) => chat.files.claim(holder, hashes),
    });
    const slices = [0, hashOf(kept)[0] ?? 0, hashOf(orphan)[0] ?? 0];
    const found = new Set<string>();
    for (const slice of slices) for (const hash of await files.keeper.sweep(slice, 256, chat)) found.add(hash);
    expect([...found]).toEqual([hashOf(orphan).toString('base64url')]);
    expect(await keys('uploads/')).toEqual([]);
    expect(await files.keeper.drop(hashOf(orphan).toString('base64url'), chat)).toBe(true);
    expect(await files.keeper.drop(hashOf(kept).toString('base64url'), chat)).toBe(false);
    await files.close();
    expect(await keys(keyOf(orphan))).toEqual([]);
    expect(await bytesOf(await sending.content(file))).toEqual(kept);
  });

  it('are refused while the store is away; messages go on, and so do files when it is back', async () => {
    const bytes = randomBytes(2_000);
    const sent = await sending.send(bytes);
    await sending.post('before', sent.file);
    const path = (await sending.begin('later.bin', bytes.length)).headers.get('location') ?? '';
    expect((await sending.patch(path, 0, bytes.subarray(0, 500))).status).toBe(204);
    await store.stop();
    try {
      const refused = await sending.patch(path, 500, bytes.subarray(500));
      expect(refused.status).toBe(503);
      expect(await refused.json()).toMatchObject({ error: { code: 'storage-unavailable' } });
      const content = await sending.content(sent.file);
      expect(content.status).toBe(503);
      expect(await content.json()).toMatchObject({ error: { code: 'storage-unavailable' } });
      await sending.post('meanwhile');
    } finally {
      await store.start();
    }
    expect(await sending.offset(path)).toEqual([200, 500]);
    expect((await sending.patch(path, 500, bytes.subarray(500))).status).toBe(204);
    expect(await bytesOf(await sending.content(sent.file))).toEqual(bytes);
  });
});
