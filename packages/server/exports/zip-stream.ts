import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw, deflateRaw } from 'node:zlib';
import { directoryEntry, directoryTail, type FileSums, localHeader, sumsBehind, zip64From } from './zip-records.ts';

const deflate = promisify(deflateRaw);

/** A file that is written as its bytes come by. */
export interface StreamedEntry {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** How many bytes there will be. */
  readonly size: number;
  /** Whether packing makes it smaller: pictures, sound and archives are packed already. */
  readonly packs: boolean;
}

export type ZipEntry = { readonly name: string; readonly content: string } | StreamedEntry;

/** A file of a zip that was written: what its directory says of it. */
interface Written {
  readonly sums: FileSums;
  /** Its sums stand behind its bytes. */
  readonly streamed: boolean;
}

/** A zip while it is made: of what is streamed it holds a few pieces, of the rest no more than one file. */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const entry of entries) {
    const name = Buffer.from(entry.name);
    const pieces = 'content' in entry ? whole(name, entry.content) : streamed(name, entry);
    const begun = offset;
    for (;;) {
      const { done, value } = await pieces.next();
      if (done) {
        directory.push(directoryEntry(name, { ...value, offset: begun }));
        break;
      }
      offset += value.length;
      yield value;
    }
  }
  const places = Buffer.concat(directory);
  yield places;
  yield directoryTail(directory.length, places.length, offset);
}

async function* whole(name: Buffer, content: string): AsyncGenerator<Buffer, Written> {
  const raw = Buffer.from(content);
  const packed = await deflate(raw);
  const sums = { crc: crc32(raw), packed: packed.length, size: raw.length };
  yield Buffer.concat([localHeader(name, sums), packed]);
  return { sums, streamed: false };
}

async function* streamed(name: Buffer, { bytes, size, packs }: StreamedEntry): AsyncGenerator<Buffer, Written> {
  const isLarge = size >= zip64From;
  yield localHeader(name, null, isLarge);
  let crc = 0;
  let read = 0;
  async function* counted() {
    for await (const piece of bytes) {
      crc = crc32(piece, crc);
      read += piece.length;
      yield piece;
    }
  }
  const deflater = createDeflateRaw({ level: packs ? 6 : 0 });
  // Ends the one with the other; what fails is thrown by the loop.
  pipeline(Readable.from(counted()), deflater, () => undefined);
  let packed = 0;
  for await (const piece of deflater as AsyncIterable<Buffer>) {
    packed += piece.length;
    yield piece;
  }
  if (read !== size) throw new Error(`A file of an export has ${read} bytes instead of ${size}.`);
  const sums = { crc, packed, size: read };
  yield sumsBehind(sums, isLarge);
  return { sums, streamed: true };
}
