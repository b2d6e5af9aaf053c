import { crc32, deflateSync } from 'node:zlib';

/** Files of each kind, built part by part: what stands in them besides the picture is chosen by the test. */

const ascii = (text: string) => Buffer.from(text, 'latin1');

export function pngChunk(type: string, content: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([ascii(type), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A grey PNG. `between`: chunks before its pixels. */
export function writePng({ width = 1, height = 1, between = [] as Buffer[], after = Buffer.alloc(0) } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const pixels = deflateSync(Buffer.alloc((width + 1) * height));
  const chunks = [pngChunk('IHDR', header), ...between, pngChunk('IDAT', pixels), pngChunk('IEND')];
  return Buffer.concat([ascii('\x89PNG\r\n\x1a\n'), ...chunks, after]);
}

export function jpegSegment(code: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** JFIF's own segment, with a small copy of one pixel. */
const jfif = jpegSegment(0xe0, Buffer.concat([ascii('JFIF\0'), Buffer.from([1, 2, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9])]));

/** A JPEG that is whole in its form; what it is drawn from is made up. `between`: segments before its picture. */
export function writeJpeg({ width = 1, height = 1, between = [] as Buffer[], after = Buffer.alloc(0) } = {}): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jfif,
    ...between,
    jpegSegment(0xdb, Buffer.alloc(65)),
    jpegSegment(0xc0, frame),
    jpegSegment(0xc4, Buffer.alloc(20)),
    jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    // A zero after it: no marker; nor is a restart the end.
    Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xd9]),
    after,
  ]);
}

export function webpChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.concat([ascii(type), Buffer.alloc(4)]);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** `VP8X` with these flags. */
export const extended = (flags: number): Buffer => webpChunk('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]));

/** A lossless WebP. `before`, `after`: chunks around its pixels. */
export function writeWebp({ width = 1, height = 1, before = [] as Buffer[], after = [] as Buffer[] } = {}): Buffer {
  const pixels = Buffer.alloc(11);
  pixels[0] = 0x2f;
  pixels.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  const body = Buffer.concat([ascii('WEBP'), ...before, webpChunk('VP8L', pixels), ...after]);
  const head = Buffer.concat([ascii('RIFF'), Buffer.alloc(4)]);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
