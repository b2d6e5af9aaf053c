import { hash, randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { BlobMissing, type Blobs, type KeptBlob } from '../blobs/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface BlobsKind {
  /** A place of its own, with nothing in it. */
  readonly newBlobs: () => Promise<Blobs>;
  /** More than it puts there in one go. */
  readonly largeBytes: number;
}

/** Of putting the same there again until that is a second later. */
const mostTries = 1_000;

const hashOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64url');

async function listed(blobs: Blobs, slice: number, of: number): Promise<KeptBlob[]> {
  const found: KeptBlob[] = [];
  for await (const blob of blobs.list(slice, of)) found.push(blob);
  return found;
}

/** What is kept in the slice of a hash, by its first byte. */
const keptBeside = (blobs: Blobs, of: string): Promise<KeptBlob[]> =>
  listed(blobs, Buffer.from(of, 'base64url')[0] ?? 0, 256);

/** The contract of the port for content; every implementation runs it. */
export function describeBlobs(name: string, { newBlobs, largeBytes }: BlobsKind): void {
  describe(name, () => {
    let blobs: Blobs;
    beforeEach(async () => {
      blobs = await newBlobs();
    });

    const file = async (bytes: Uint8Array): Promise<string> => {
      const path = join(temporaryFolder(), 'file');
      await writeFile(path, bytes);
      return path;
    };
    const adopt = async (bytes: Uint8Array): Promise<string> => {
      await blobs.adopt(hashOf(bytes), await file(bytes));
      return hashOf(bytes);
    };
    const read = async (...asked: Parameters<Blobs['read']>): Promise<Buffer> => buffer(await blobs.read(...asked));

    test('what was put there is read, in whole or a stretch of it', async () => {
      const bytes = randomBytes(100_000);
      await blobs.put(hashOf(bytes), bytes);
      expect(bytes.equals(await read(hashOf(bytes)))).toBe(true);
      expect(await read(hashOf(bytes), { from: 0, to: 0 })).toEqual(bytes.subarray(0, 1));
      expect(await read(hashOf(bytes), { from: 50_000, to: 50_009 })).toEqual(bytes.subarray(50_000, 50_010));
      expect(await read(hashOf(bytes), { from: 99_990, to: 99_999 })).toEqual(bytes.subarray(99_990));
    });

    test.each([
      ['nothing', 0],
      ['a byte', 1],
      ['much', largeBytes],
    ])('a file of %s is taken over, and needed no more', async (_, size) => {
      const bytes = randomBytes(size);
      const path = await file(bytes);
      await blobs.adopt(hashOf(bytes), path);
      await rm(path);
      expect(bytes.equals(await read(hashOf(bytes)))).toBe(true);
      const copy = await blobs.withFile(hashOf(bytes), (found) => readFile(found));
      expect(bytes.equals(copy)).toBe(true);
    });

    test('the same content twice is there once, and was put there the second time', async () => {
      const bytes = randomBytes(1_000);
      const first = await adopt(bytes);
      const putAt = async (): Promise<number> => {
        const found = await keptBeside(blobs, first);
        expect(found).toMatchObject([{ hash: first }]);
        return found[0]?.putAt ?? 0;
      };
      const before = await putAt();
      // Some stores tell whole seconds.
      for (let tries = 0; tries < mostTries && (await putAt()) === before; tries += 1) await adopt(bytes);
      expect(await putAt()).toBeGreaterThan(before);
      expect(bytes.equals(await read(first))).toBe(true);
    });

    test('many who put the same content there at once do not meet', async () => {
      const bytes = randomBytes(10_000);
      const all = Array.from({ length: 8 }, (_, index) => (index % 2 ? adopt(bytes) : blobs.put(hashOf(bytes), bytes)));
      await Promise.all(all);
      expect(await keptBeside(blobs, hashOf(bytes))).toHaveLength(1);
      expect(bytes.equals(await read(hashOf(bytes)))).toBe(true);
    });

    test('what is not there is missing, be it asked for in whole, in part or as a file', async () => {
      const none = hashOf(randomBytes(10));
      await expect(blobs.read(none)).rejects.toThrow(BlobMissing);
      await expect(blobs.read(none, { from: 0, to: 1 })).rejects.toThrow(BlobMissing);
      let used = false;
      const use = async (): Promise<void> => {
        used = true;
      };
      await expect(blobs.withFile(none, use)).rejects.toThrow(BlobMissing);
      expect(used).toBe(false);
    });

    test('what was removed is missing, and can be put there again', async () => {
      const bytes = randomBytes(1_000);
      await adopt(bytes);
      expect(await read(hashOf(bytes))).toEqual(bytes);
      await blobs.remove(hashOf(bytes));
      await blobs.remove(hashOf(bytes));
      await expect(blobs.read(hashOf(bytes))).rejects.toThrow(BlobMissing);
      expect(await keptBeside(blobs, hashOf(bytes))).toEqual([]);
      await adopt(bytes);
      expect(await read(hashOf(bytes))).toEqual(bytes);
    });

    test('all slices together list everything once, with the time', async () => {
      const startedAt = Date.now() - 2_000;
      const hashes = await Promise.all(Array.from({ length: 30 }, () => adopt(randomBytes(10))));
      const found: KeptBlob[] = [];
      for (let slice = 0; slice < 64; slice += 1) found.push(...(await listed(blobs, slice, 64)));
      expect(found.map(({ hash: each }) => each).sort()).toEqual(hashes.sort());
      for (const { putAt } of found) {
        expect(putAt).toBeGreaterThan(startedAt);
        expect(putAt).toBeLessThan(Date.now() + 2_000);
      }
    });

    test('an error of who uses a file comes through as it is', async () => {
      const kind = await adopt(randomBytes(10));
      const own = new Error('of my own');
      await expect(blobs.withFile(kind, () => Promise.reject(own))).rejects.toBe(own);
    });

    test('tidying up leaves what was finished', async () => {
      const bytes = randomBytes(largeBytes);
      await adopt(bytes);
      await blobs.tidy(Date.now() + 60_000);
      expect(bytes.equals(await read(hashOf(bytes)))).toBe(true);
    });
  });
}
