import type { FileBytes } from '../file-bytes.ts';
import { exifMark, onlyOrientation, orientationOf, upright } from './exif.ts';
import { Kept, type Piece } from './pieces.ts';

interface Marker {
  readonly at: number;
  readonly code: number;
}

/** The next marker that begins something: not a stuffed byte, nor one that only restarts a scan. */
async function nextMarker(bytes: FileBytes, from: number): Promise<Marker | undefined> {
  for (let start = from; start + 1 < bytes.size; ) {
    const window = await bytes.from(start, 2);
    let at = window.indexOf(0xff);
    for (; at >= 0 && at + 1 < window.length; at = window.indexOf(0xff, at + 1)) {
      const code = window[at + 1] ?? 0;
      if (code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return { at: start + at, code };
    }
    start += at < 0 ? window.length : Math.max(1, at);
  }
  return undefined;
}

const marks = { 224: 'JFIF\0', 226: 'ICC_PROFILE\0', 238: 'Adobe' } as const;

/** What a decoder needs (ITU T.81, table B.1), and which colours are meant. */
function isKept(code: number, head: Buffer): boolean {
  if (code >= 0xc0 && code <= 0xcf) return true;
  if (code >= 0xda && code <= 0xdf) return true;
  if (code === 0xdb) return true;
  const mark = marks[code as keyof typeof marks];
  return mark !== undefined && head.toString('latin1').startsWith(mark);
}

const isExif = (code: number, head: Buffer): boolean => code === 0xe1 && head.subarray(0, 6).equals(exifMark);

function exifSegment(orientation: number): Buffer {
  const content = Buffer.concat([exifMark, onlyOrientation(orientation)]);
  const header = Buffer.from([0xff, 0xe1, 0, 0]);
  header.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([header, content]);
}

/** Without what programs say of it (Exif, XMP, IPTC, comments, thumbnails), and without what follows its end. */
export async function cleanJpeg(bytes: FileBytes): Promise<Piece[]> {
  const kept = new Kept();
  kept.keep(0, 2);
  let isTurned = false;
  for (let at = 2; ; ) {
    const marker = await nextMarker(bytes, at);
    if (!marker) break;
    const { at: start, code } = marker;
    if (code === 0xd9) {
      kept.keep(start, start + 2);
      break;
    }
    // A second beginning, or a marker without content.
    if (code === 0xd8 || code === 0x01) {
      at = start + 2;
      continue;
    }
    const stated = await bytes.at(start + 2, 2);
    // It ends in the middle.
    if (stated.length < 2) break;
    const length = Math.max(2, stated.readUInt16BE(0));
    const head = await bytes.at(start + 4, 16);
    let end = Math.min(start + 2 + length, bytes.size);
    if (code === 0xda) end = (await nextMarker(bytes, end))?.at ?? bytes.size;
    if (isKept(code, head)) kept.keep(start, end);
    else if (!isTurned && isExif(code, head)) {
      const orientation = orientationOf((await bytes.at(start + 4, length - 2)).subarray(exifMark.length));
      isTurned = orientation !== upright;
      if (isTurned) kept.put(exifSegment(orientation));
    }
    at = end;
  }
  return kept.pieces;
}
