import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { AnnouncedFile } from '@confab/chat';
import { Upload } from '@tus/utils';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AnnouncedOf, Uploads } from '../uploads.ts';

interface UploadsKind {
  /** As many nodes' views as are asked for of one place, with nothing in it. */
  readonly newNodes: (count: number, announcedOf: AnnouncedOf) => Promise<Uploads[]>;
  /** More than it puts there in one go. */
  readonly largeBytes: number;
}

/** The contract of the port for bytes on their way; every implementation runs it. */
export function describeUploads(name: string, { newNodes, largeBytes }: UploadsKind): void {
  describe(name, () => {
    let announced: Map<string, AnnouncedFile>;
    let uploads: Uploads;
    let other: Uploads;
    beforeEach(async () => {
      announced = new Map();
      const [one, two] = await newNodes(2, async (id) => announced.get(id) ?? null);
      if (!one || !two) throw new Error('There are not two nodes.');
      uploads = one;
      other = two;
    });

    const announce = (size: number): string => {
      const id = randomUUID();
      announced.set(id, { name: 'a file.bin', size, arrived: false });
      return id;
    };
    const offsetOf = async (id: string, node = uploads): Promise<number> => (await node.store.getUpload(id)).offset;
    const write = (id: string, offset: number, bytes: Buffer, node = uploads): Promise<number> =>
      // A copy: what is written is used up.
      node.store.write(Readable.from([Buffer.from(bytes)]), id, offset);
    const bytesOf = (id: string, node = uploads): Promise<Buffer | undefined> =>
      node.withFile(id, (path) => readFile(path));

    it('an upload is there as soon as its file is announced, whoever announced it', async () => {
      const id = announce(100);
      const upload = await uploads.store.getUpload(id);
      expect(upload).toMatchObject({ id, size: 100, offset: 0, metadata: { filename: 'a file.bin' } });
      const bytes = randomBytes(100);
      expect(await write(id, 0, bytes)).toBe(100);
      expect(await bytesOf(id)).toEqual(bytes);
    });

    it('one that tus begins is the same', async () => {
      const id = announce(100);
      await uploads.store.create(new Upload({ id, size: 100, offset: 0 }));
      expect(await offsetOf(id)).toBe(0);
    });

    it('what nobody announced is not there', async () => {
      await expect(uploads.store.getUpload(randomUUID())).rejects.toMatchObject({ status_code: 404 });
      for (const id of ['../../etc/passwd', '', 'a/b']) {
        await expect(uploads.store.getUpload(id)).rejects.toMatchObject({ status_code: 404 });
        await expect(write(id, 0, randomBytes(1))).rejects.toMatchObject({ status_code: 404 });
      }
      expect(await bytesOf(randomUUID())).toBeUndefined();
    });

    it('what has arrived already is there to its end', async () => {
      const id = announce(100);
      announced.set(id, { name: 'a', size: 100, arrived: true });
      expect(await uploads.store.getUpload(id)).toMatchObject({ size: 100, offset: 100 });
    });

    it('nothing at all is a file', async () => {
      const id = announce(0);
      await uploads.store.create(new Upload({ id, size: 0, offset: 0 }));
      expect(await bytesOf(id)).toEqual(Buffer.alloc(0));
      expect(await offsetOf(id)).toBe(0);
    });

    it('much in one go comes as it was sent', async () => {
      const bytes = randomBytes(largeBytes);
      const id = announce(bytes.length);
      const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) =>
        bytes.subarray(index * 65_536, (index + 1) * 65_536),
      );
      expect(await uploads.store.write(Readable.from(chunks), id, 0)).toBe(bytes.length);
      expect(await offsetOf(id)).toBe(bytes.length);
      expect(bytes.equals((await bytesOf(id)) ?? Buffer.alloc(0))).toBe(true);
    });

    it('nodes take turns, and each knows what the other has', async () => {
      const bytes = randomBytes(300_000);
      const id = announce(bytes.length);
      const cuts = [0, 1, 70_000, 70_007, 299_999, 300_000];
      for (const [index, end] of cuts.slice(1).entries()) {
        const node = index % 2 === 0 ? uploads : other;
        const from = cuts[index] ?? 0;
        expect(await offsetOf(id, node)).toBe(from);
        expect(await write(id, from, bytes.subarray(from, end), node)).toBe(end);
      }
      expect(bytes.equals((await bytesOf(id, other)) ?? Buffer.alloc(0))).toBe(true);
    });

    it('what came before a request broke off is kept, and the next one goes on there', async () => {
      const bytes = randomBytes(100_000);
      const id = announce(bytes.length);
      async function* breakingOff() {
        yield bytes.subarray(0, 30_000);
        yield bytes.subarray(30_000, 40_000);
        throw new Error('The connection is gone.');
      }
      await expect(uploads.store.write(Readable.from(breakingOff()), id, 0)).rejects.toThrow('The connection is gone.');
      expect(await offsetOf(id, other)).toBe(40_000);
      await write(id, 40_000, bytes.subarray(40_000), other);
      expect(bytes.equals((await bytesOf(id)) ?? Buffer.alloc(0))).toBe(true);
    });

    it('a request that is sent again while the first still goes on spoils nothing', async () => {
      const bytes = randomBytes(200_000);
      const id = announce(bytes.length);
      await write(id, 0, bytes.subarray(0, 50_000));
      await Promise.all([
        write(id, 50_000, bytes.subarray(50_000, 120_000)),
        write(id, 50_000, bytes.subarray(50_000, 90_000), other),
      ]);
      const offset = await offsetOf(id);
      expect(offset).toBe(120_000);
      await write(id, offset, bytes.subarray(offset));
      expect(bytes.equals((await bytesOf(id)) ?? Buffer.alloc(0))).toBe(true);
    });

    it('what is removed is gone for every node', async () => {
      const id = announce(10);
      const left = announce(10);
      await write(id, 0, randomBytes(10));
      await write(left, 0, randomBytes(10));
      await uploads.remove(id);
      await uploads.remove(id);
      expect(await bytesOf(id, other)).toBeUndefined();
      expect(await offsetOf(id, other)).toBe(0);
      expect(await bytesOf(left)).toHaveLength(10);
    });

    it('those that nothing was written to since a time are told', async () => {
      const ids = [announce(10), announce(10)];
      for (const id of ids) await write(id, 0, randomBytes(5));
      expect(await uploads.stale(Date.now() - 60_000)).toEqual([]);
      expect((await uploads.stale(Date.now() + 60_000)).sort()).toEqual([...ids].sort());
      await uploads.remove(ids[0] ?? '');
      expect(await other.stale(Date.now() + 60_000)).toEqual([ids[1]]);
    });
  });
}
