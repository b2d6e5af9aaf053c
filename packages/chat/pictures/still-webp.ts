import { BadPicture, type StillPicture, startsWith } from './still-picture.ts';

/** RFC 9649, 2.7: the pixels, how much shines through them, and what their colours mean. */
const drawn = new Set(['VP8X', 'ICCP', 'ALPH', 'VP8 ', 'VP8L']);

/** Of the first byte of `VP8X` (RFC 9649, 2.7.1): what is not left out. */
const flags = { profile: 0x20, alpha: 0x10, moves: 0x02 };

interface Chunk {
  readonly type: string;
  readonly content: Buffer;
}

/** What is in it, in order; each filled up to an even length. */
function chunksOf(bytes: Buffer): Chunk[] {
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) throw new BadPicture('the WebP breaks off');
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= end; ) {
    const size = bytes.readUInt32LE(at + 4);
    if (at + 8 + size > end) throw new BadPicture('the WebP breaks off');
    chunks.push({ type: bytes.toString('latin1', at, at + 4), content: bytes.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return chunks;
}

function sizeOf({ type, content }: Chunk): { width: number; height: number } {
  if (content.length < 10) throw new BadPicture('the WebP breaks off');
  if (type === 'VP8 ') return { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff };
  const bits = content.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

function written({ type, content }: Chunk): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** Says no more of things that are left out. */
function withoutThem(chunk: Chunk): Chunk {
  if (chunk.type !== 'VP8X') return chunk;
  const content = Buffer.from(chunk.content);
  content[0] = (content[0] ?? 0) & (flags.profile | flags.alpha);
  return { ...chunk, content };
}

/** `undefined` for what is no WebP. */
export function stillWebp(bytes: Buffer): StillPicture | undefined {
  if (!startsWith(bytes, 'RIFF') || !startsWith(bytes, 'WEBP', 8)) return undefined;
  const chunks = chunksOf(bytes);
  const moves = chunks.some(({ type, content }) => type === 'VP8X' && ((content[0] ?? 0) & flags.moves) !== 0);
  if (moves) throw new BadPicture('the WebP moves');
  const [pixels, ...more] = chunks.filter(({ type }) => type === 'VP8 ' || type === 'VP8L');
  if (!pixels || more.length > 0) throw new BadPicture('the WebP does not hold one picture');
  const kept = chunks.filter(({ type }) => drawn.has(type)).map((chunk) => written(withoutThem(chunk)));
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...kept]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return { type: 'image/webp', ...sizeOf(pixels), bytes: Buffer.concat([head, body]) };
}
