import { hash, randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { type PrivateS3, startS3 } from '@confab/testing/s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBlobs } from '../../testing/describe-blobs.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { BlobMissing, BlobsUnavailable } from '../blobs.ts';
import { LocalFiles } from './local-files.ts';
import { S3Blobs } from './s3-blobs.ts';
import { S3Bucket } from './s3-bucket.ts';
import { parseS3Url, type S3Place } from './s3-place.ts';

const megabyte = 1024 * 1024;
/** The smallest parts that S3 takes. */
const limits = { wholeBytes: 6 * megabyte, partBytes: 5 * megabyte, pageKeys: 3 };

let s3: PrivateS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3?.remove());

function placeOf(url: string): S3Place {
  const place = parseS3Url(url);
  if (!place) throw new Error('This is no address of a bucket.');
  return place;
}

function blobsIn(place: S3Place, folder = temporaryFolder()) {
  const failures: string[] = [];
  const bucket = new S3Bucket({ place, limits, onFailure: (reason) => failures.push(reason) });
  return { bucket, failures, folder, blobs: new S3Blobs({ bucket, localFiles: new LocalFiles(folder) }) };
}

/** What this process has open. */
const openPaths = (): string[] =>
  readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      return [];
    }
  });

const newPlace = async (): Promise<S3Place> => placeOf(await s3.newBucket());

describeBlobs('content in a bucket', {
  newBlobs: async () => blobsIn(await newPlace()).blobs,
  largeBytes: 11 * megabyte,
});

it('more than a page of content is listed to its end', async () => {
  const { bucket } = blobsIn(await newPlace());
  const keys = Array.from({ length: 7 }, (_, index) => `many/${index}`);
  await Promise.all(['another/one', ...keys].map((key) => bucket.putBytes(key, new Uint8Array())));
  const found: string[] = [];
  for await (const { key } of bucket.list('many/')) found.push(key);
  expect(found).toEqual(keys);
});

it('a copy on this machine goes with whoever needed it, and one left by a process that ended later', async () => {
  const { blobs, folder } = blobsIn(await newPlace());
  const bytes = randomBytes(10);
  const name = hash('sha256', bytes, 'base64url');
  await blobs.put(name, bytes);
  expect(await blobs.withFile(name, () => readdir(folder))).toHaveLength(1);
  expect(await readdir(folder)).toEqual([]);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'left'), '');
  await blobs.tidy(0);
  expect(await readdir(folder)).toEqual(['left']);
  await blobs.tidy(Date.now() + 60_000);
  expect(await readdir(folder)).toEqual([]);
});

it('what was begun in parts and never finished is ended when it is old', async () => {
  const place = await newPlace();
  const { blobs } = blobsIn(place);
  const client = new S3Client({
    ...{ endpoint: place.endpoint, region: place.region, forcePathStyle: true },
    credentials: { accessKeyId: place.key, secretAccessKey: place.secret },
  });
  const begun = async () =>
    (await client.send(new ListMultipartUploadsCommand({ Bucket: place.bucket }))).Uploads?.map(({ Key }) => Key);
  for (const Key of ['blobs/aa/begun', 'of-others']) {
    await client.send(new CreateMultipartUploadCommand({ Bucket: place.bucket, Key }));
  }
  await blobs.tidy(Date.now() - 60_000);
  expect(await begun()).toEqual(['blobs/aa/begun', 'of-others']);
  await blobs.tidy(Date.now() + 60_000);
  expect(await begun()).toEqual(['of-others']);
  client.destroy();
});

it('a bucket is checked: whether it is there, and whether it is for us', async () => {
  const place = await newPlace();
  expect(await blobsIn(place).bucket.check()).toBe(true);
  const lost = blobsIn({ ...place, bucket: 'no-such-bucket' });
  expect([await lost.bucket.check(), lost.failures]).toEqual([false, ['NotFound 404']]);
  const stranger = blobsIn({ ...place, secret: 'another' });
  expect([await stranger.bucket.check(), stranger.failures.length]).toEqual([false, 1]);
});

it('a wrong secret and a bucket that is not there are the store’s fault, and are told in a word without the secret', async () => {
  const place = await newPlace();
  const bytes = randomBytes(10);
  const name = hash('sha256', bytes, 'base64url');
  const stranger = blobsIn({ ...place, secret: 'not-the-secret' });
  await expect(stranger.blobs.put(name, bytes)).rejects.toThrow(BlobsUnavailable);
  expect(stranger.failures).toEqual(['SignatureDoesNotMatch 403']);
  const lost = blobsIn({ ...place, bucket: 'no-such-bucket' });
  await expect(lost.blobs.put(name, bytes)).rejects.toThrow(BlobsUnavailable);
  await expect(lost.blobs.read(name)).rejects.toThrow(BlobsUnavailable);
  expect(lost.failures).toEqual(['NoSuchBucket 404', 'NoSuchBucket 404']);
});

it('a store that is away is unavailable, not empty, and goes on when it is back', async () => {
  const { blobs, bucket, failures } = blobsIn(await newPlace());
  const bytes = randomBytes(10);
  const name = hash('sha256', bytes, 'base64url');
  await blobs.put(name, bytes);
  await s3.stop();
  try {
    await expect(blobs.read(name)).rejects.toThrow(BlobsUnavailable);
    await expect(blobs.withFile(name, async () => {})).rejects.toThrow(BlobsUnavailable);
    const path = join(temporaryFolder(), 'file');
    await writeFile(path, bytes);
    await expect(blobs.adopt(name, path)).rejects.toThrow(BlobsUnavailable);
    await expect(bucket.putFile('blobs/a', path)).rejects.toThrow(BlobsUnavailable);
    expect(openPaths()).not.toContain(path);
    expect(new Set(failures)).toEqual(new Set(['ECONNREFUSED']));
  } finally {
    await s3.start();
  }
  await blobs.withFile(name, async () => {});
  await blobs.remove(name);
  await expect(blobs.read(name)).rejects.toThrow(BlobMissing);
});
