import type { FileBytes } from '../file-bytes.ts';
import { lookLimits } from '../limits.ts';
import { onlyOrientation, orientationOf, upright, withoutMark } from './exif.ts';
import { Kept, type Piece, Unreadable } from './pieces.ts';

const headerBytes = 12;
const chunkHeadBytes = 8;
const exifBytes = 64 * 1024;
/** Bits of the first byte of `VP8X` (RFC 9649, section 2.7). */
const hasExif = 0x08;
const hasXmp = 0x04;

/** What is needed to show it. */
const shown = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);

interface Chunk {
  readonly name: string;
  readonly at: number;
  readonly end: number;
}

async function chunksOf(bytes: FileBytes): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  const stated = (await bytes.at(4, 4)).readUInt32LE(0) + chunkHeadBytes;
  const size = Math.min(stated, bytes.size);
  for (let at = headerBytes; at + chunkHeadBytes <= size; ) {
    const head = await bytes.at(at, chunkHeadBytes);
    const length = head.readUInt32LE(4);
    const end = Math.min(at + chunkHeadBytes + length + (length % 2), bytes.size);
    if (chunks.length >= lookLimits.pieces) throw new Unreadable('It consists of too many parts.');
    chunks.push({ name: head.subarray(0, 4).toString('latin1'), at, end });
    at = end;
  }
  return chunks;
}

function exifChunk(orientation: number): Buffer {
  const tiff = onlyOrientation(orientation);
  const chunk = Buffer.alloc(chunkHeadBytes + tiff.length);
  chunk.write('EXIF', 'latin1');
  chunk.writeUInt32LE(tiff.length, 4);
  chunk.set(tiff, chunkHeadBytes);
  return chunk;
}

/** Without Exif, XMP and what it does not know, and without what follows its end. */
export async function cleanWebp(bytes: FileBytes): Promise<Piece[]> {
  const chunks = await chunksOf(bytes);
  const kept = chunks.filter(({ name }) => shown.has(name));
  const end = kept.at(-1)?.end ?? headerBytes;
  if (kept.length === chunks.length && end === bytes.size) return [{ from: 0, to: bytes.size }];
  const exif = chunks.find(({ name }) => name === 'EXIF');
  const block = exif && (await bytes.at(exif.at + chunkHeadBytes, Math.min(exif.end - exif.at, exifBytes)));
  const orientation = block ? orientationOf(withoutMark(block)) : upright;
  const isTurned = orientation !== upright;
  const inside = new Kept();
  for (const { name, at, end: to } of kept) {
    if (name !== 'VP8X' || to - at <= chunkHeadBytes) {
      inside.keep(at, to);
      continue;
    }
    const flags = ((await bytes.at(at + chunkHeadBytes, 1))[0] ?? 0) & ~(hasExif | hasXmp);
    inside.keep(at, at + chunkHeadBytes);
    inside.put(Uint8Array.of(flags | (isTurned ? hasExif : 0)));
    inside.keep(at + chunkHeadBytes + 1, to);
  }
  const added = isTurned ? exifChunk(orientation) : Buffer.alloc(0);
  const length = kept.reduce((sum, chunk) => sum + chunk.end - chunk.at, 4) + added.length;
  const header = Buffer.from(await bytes.at(0, headerBytes));
  header.writeUInt32LE(length, 4);
  return [header, ...inside.pieces, ...(isTurned ? [added] : [])];
}
