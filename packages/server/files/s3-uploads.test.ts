import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { LocalFiles, parseS3Url, S3Bucket } from '@confab/storage/blobs/s3';
import { type PrivateS3, startS3 } from '@confab/testing/s3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { S3Uploads } from './s3-uploads.ts';
import { describeUploads } from './testing/describe-uploads.ts';
import type { AnnouncedOf } from './uploads.ts';

let s3: PrivateS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3?.remove());

const limits = { pieceBytes: 1024 * 1024, pieces: 20 };

async function newNodes(count: number, announcedOf: AnnouncedOf) {
  const place = parseS3Url(await s3.newBucket());
  if (!place) throw new Error('This is no address of a bucket.');
  return Array.from({ length: count }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'confab-uploads-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const bucket = new S3Bucket({ place, onFailure: () => {} });
    return Object.assign(new S3Uploads({ bucket, localFiles: new LocalFiles(folder), announcedOf, limits }), {
      folder,
    });
  });
}

describeUploads('uploads in a bucket', { newNodes, largeBytes: 3 * 1024 * 1024 + 17 });

describe('uploads in a bucket', () => {
  const announcedOf: AnnouncedOf = async () => ({ name: 'a', size: 1_000_000, arrived: false });
  const oneNode = async () => {
    const [node] = await newNodes(1, announcedOf);
    if (!node) throw new Error('There is no node.');
    return node;
  };

  it('leave nothing on this machine', async () => {
    const node = await oneNode();
    const id = randomUUID();
    await node.write(Readable.from([randomBytes(1_000)]), id, 0);
    expect(await node.withFile(id, () => readdir(node.folder))).toHaveLength(1);
    expect(await readdir(node.folder)).toEqual([]);
  });

  it('come in so many pieces and no more', async () => {
    const node = await oneNode();
    const id = randomUUID();
    for (let at = 0; at < limits.pieces; at += 1) await node.write(Readable.from([randomBytes(1)]), id, at);
    const write = node.write(Readable.from([randomBytes(1)]), id, limits.pieces);
    await expect(write).rejects.toMatchObject({ status_code: 409, body: expect.stringContaining('limit-reached') });
    expect((await node.getUpload(id)).offset).toBe(limits.pieces);
  });

  it('are refused while the store is away, and go on when it is back', async () => {
    const node = await oneNode();
    const id = randomUUID();
    await node.write(Readable.from([randomBytes(10)]), id, 0);
    await s3.stop();
    try {
      const unavailable = { code: 'storage-unavailable' };
      await expect(node.write(Readable.from([randomBytes(10)]), id, 10)).rejects.toMatchObject(unavailable);
      await expect(node.getUpload(id)).rejects.toMatchObject(unavailable);
      await expect(node.withFile(id, async () => {})).rejects.toMatchObject(unavailable);
      await expect(node.remove(id)).rejects.toMatchObject(unavailable);
    } finally {
      await s3.start();
    }
    expect((await node.getUpload(id)).offset).toBe(10);
  });
});
