import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { lookLimits } from '../limits.ts';
import type { LookedInto } from '../media.ts';
import { Entries } from './entries.ts';

const blockBytes = 512;
const checksumAt = 148;
const checksumBytes = 8;
const blank = 0x20;
const gzipMark = 0x1f8b;

/** Whether a block begins a TAR archive: its bytes make up the sum that stands in it (POSIX, pax, ustar). */
function isHeader(block: Buffer): boolean {
  if (block.length < blockBytes || block.readUInt16BE(0) === gzipMark) return false;
  const stated = Number.parseInt(block.toString('latin1', checksumAt, checksumAt + checksumBytes), 8);
  let sum = 0;
  for (let at = 0; at < blockBytes; at++) {
    sum += at >= checksumAt && at < checksumAt + checksumBytes ? blank : (block[at] ?? 0);
  }
  return sum === stated;
}

/** Blocks of bytes of which the first is no shorter than a header. */
async function* withHeader(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let first: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (!first) {
      yield chunk;
      continue;
    }
    first = Buffer.concat([first, chunk]);
    if (first.length < blockBytes) continue;
    yield first;
    first = undefined;
  }
  if (first) yield first;
}

function unpacked(path: string, isPacked: boolean): Readable {
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (!isPacked) return source;
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.once('close', () => source.destroy());
  return source.pipe(gunzip);
}

/** What is in a TAR archive, packed by gzip or not; of something else that gzip packed there is nothing to say. */
export async function lookIntoTar(path: string, isPacked: boolean): Promise<LookedInto> {
  const entries = new Entries();
  const parser = new Parser({
    // What is packed twice is not unpacked twice, past the bound.
    brotli: false,
    zstd: false,
    onReadEntry(entry: ReadEntry) {
      entries.add(entry.path, entry.type === 'Directory' ? null : entry.size);
      entry.resume();
    },
  });
  // What is broken ends the list, and what is read up to then is in it.
  let isBroken = false;
  parser.on('error', () => {
    isBroken = true;
  });
  const source = unpacked(path, isPacked);
  const bound = isPacked ? lookLimits.inflatedBytes : lookLimits.tarBytes;
  let read = 0;
  try {
    for await (const chunk of withHeader(source)) {
      if (read === 0 && !isHeader(chunk)) return { details: {}, previews: [] };
      read += chunk.length;
      if (read > bound) entries.cutShort();
      if (entries.isOver || isBroken) break;
      parser.write(chunk);
    }
  } catch {
    isBroken = true;
  } finally {
    source.destroy();
  }
  if (read === 0) return { details: {}, previews: [] };
  if (isBroken) entries.cutShort();
  return { details: {}, previews: [], entries: entries.listed };
}
