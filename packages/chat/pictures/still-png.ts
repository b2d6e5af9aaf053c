import { BadPicture, type StillPicture, startsWith } from './still-picture.ts';

const signature = '\x89PNG\r\n\x1a\n';

/**
 * PNG, third edition, 5.3 and 11: what the pixels are made of, and how their colours are meant. Text, times, EXIF and
 * the further frames of a moving one are in none of these.
 */
const drawn = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'cHRM', 'cICP', 'gAMA', 'iCCP', 'sBIT', 'sRGB']);

/** Of the first chunk, which says how large the picture is. */
const headerBytes = 13;

/** Length, type and checksum of a chunk. */
const frameBytes = 12;

/** `undefined` for what is no PNG. */
export function stillPng(bytes: Buffer): StillPicture | undefined {
  if (!startsWith(bytes, signature)) return undefined;
  const hasHeader = bytes.length >= 33 && bytes.readUInt32BE(8) === headerBytes && startsWith(bytes, 'IHDR', 12);
  if (!hasHeader) throw new BadPicture('the PNG has no header');
  const kept = [bytes.subarray(0, signature.length)];
  let hasPixels = false;
  for (let at = signature.length; at + frameBytes <= bytes.length; ) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + frameBytes + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    if (drawn.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IDAT') hasPixels = true;
    if (type === 'IEND' && hasPixels) {
      const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
      return { type: 'image/png', ...size, bytes: Buffer.concat(kept) };
    }
    at = end;
  }
  throw new BadPicture('the PNG breaks off');
}
