import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { directoryEntry, directoryTail, localHeader, sumsBehind } from './zip-records.ts';
import { type ZipEntry, zipStream } from './zip-stream.ts';

async function zipped(entries: Iterable<ZipEntry>): Promise<Buffer> {
  const all = (async function* () {
    yield* entries;
  })();
  const pieces: Buffer[] = [];
  for await (const piece of zipStream(all)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function unzipped(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const read = await fromBufferPromise(zip, { validateEntrySizes: true });
  for await (const entry of read.eachEntry()) {
    files.set(entry.fileName, await buffer(await read.openReadStreamPromise(entry)));
  }
  return files;
}

async function* inPieces(bytes: Buffer, each: number) {
  for (let from = 0; from < bytes.length; from += each) yield bytes.subarray(from, from + each);
}

it('what is streamed and what is held stand in one zip that any program reads', async () => {
  const noise = randomBytes(200_000);
  const text = Buffer.from('all the same '.repeat(5_000));
  const zip = await zipped([
    { name: 'first.json', content: '{"a":1}' },
    { name: 'files/1/Straße 東京.png', bytes: inPieces(noise, 7_001), size: noise.length, packs: false },
    { name: 'files/2/notes.txt', bytes: inPieces(text, 1_000), size: text.length, packs: true },
    { name: 'files/3/empty', bytes: inPieces(Buffer.alloc(0), 1), size: 0, packs: true },
    { name: 'last.html', content: '' },
  ]);
  const files = await unzipped(zip);
  expect([...files.keys()]).toEqual([
    'first.json',
    'files/1/Straße 東京.png',
    'files/2/notes.txt',
    'files/3/empty',
    'last.html',
  ]);
  expect(files.get('files/1/Straße 東京.png')?.equals(noise)).toBe(true);
  expect(files.get('files/2/notes.txt')?.equals(text)).toBe(true);
  expect(files.get('files/3/empty')).toHaveLength(0);
  expect(`${files.get('first.json')}`).toBe('{"a":1}');
  expect(zip.length).toBeLessThan(noise.length + 3_000);
});

it('of a file that is streamed no more is asked for than is taken', async () => {
  let asked = 0;
  async function* endless() {
    for (;;) {
      asked += 1;
      yield randomBytes(65_536);
    }
  }
  const entry = { name: 'large', bytes: endless(), size: 1e9, packs: false };
  const reading = zipStream(
    (async function* () {
      yield entry;
    })(),
  );
  let taken = 0;
  while (taken < 1_000_000) taken += (await reading.next()).value?.length ?? 0;
  await reading.return(undefined);
  expect(asked).toBeLessThan(40);
});

it('bytes that fail, or are not as many as they were said to be, end it', async () => {
  async function* failing() {
    yield Buffer.from('beginning');
    throw new Error('The disk is gone.');
  }
  await expect(zipped([{ name: 'a', bytes: failing(), size: 20, packs: false }])).rejects.toThrow('The disk is gone.');
  const short = { name: 'a', bytes: inPieces(Buffer.from('abc'), 1), size: 4, packs: false };
  await expect(zipped([short])).rejects.toThrow('3 bytes instead of 4');
});

it('more files than two bytes can count are all there', async () => {
  const names = Array.from({ length: 65_540 }, (_, index) => `${index}`);
  const pieces: Buffer[] = [];
  const places: Buffer[] = [];
  let offset = 0;
  const sums = { crc: 0, packed: 2, size: 0 };
  for (const each of names) {
    const name = Buffer.from(each);
    // Nothing, deflated.
    const file = Buffer.concat([localHeader(name, sums), Buffer.from([3, 0])]);
    pieces.push(file);
    places.push(directoryEntry(name, { sums, offset, streamed: false }));
    offset += file.length;
  }
  const directory = Buffer.concat(places);
  const zip = Buffer.concat([...pieces, directory, directoryTail(names.length, directory.length, offset)]);
  const read = await fromBufferPromise(zip);
  expect(read.entryCount).toBe(names.length);
  const first = await read.eachEntry().next();
  expect(first.value?.fileName).toBe('0');
});

it('what does not fit four bytes stands in fields of eight', () => {
  const [packed, size, offset] = [5_000_000_001, 5_000_000_000, 9_000_000_000];
  const name = Buffer.from('large.bin');
  const entry = directoryEntry(name, { sums: { crc: 7, packed, size }, offset, streamed: true });
  expect([20, 24, 42].map((at) => entry.readUInt32LE(at))).toEqual([0xff_ff_ff_ff, 0xff_ff_ff_ff, 0xff_ff_ff_ff]);
  const behind = entry.subarray(46 + name.length);
  expect([behind.readUInt16LE(0), behind.readUInt16LE(2)]).toEqual([1, 24]);
  expect([4, 12, 20].map((at) => Number(behind.readBigUInt64LE(at)))).toEqual([size, packed, offset]);
  const sums = sumsBehind({ crc: 7, packed, size }, true);
  expect([8, 16].map((at) => Number(sums.readBigUInt64LE(at)))).toEqual([packed, size]);
  const tail = directoryTail(3, 100, offset);
  expect(Number(tail.readBigUInt64LE(48))).toBe(offset);
  expect(Number(tail.readBigUInt64LE(56 + 8))).toBe(offset + 100);
});
