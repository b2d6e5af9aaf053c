import { BadPicture, type StillPicture, startsWith } from './still-picture.ts';

/** ITU-T T.81, table B.1. */
const marker = { start: 0xd8, end: 0xd9, scan: 0xda, app0: 0xe0, app2: 0xe2, app14: 0xee };

/** Start of frame, of whichever coding; the three between them are tables. */
const isFrame = (code: number): boolean => code >= 0xc0 && code <= 0xcf && !tables.has(code);
/** Huffman and arithmetic tables; and one that is kept for extensions. */
const tables = new Set([0xc4, 0xc8, 0xcc]);
/** Quantisation, number of lines, restart interval. */
const settings = new Set([0xdb, 0xdc, 0xdd]);
/** Markers that stand alone: restarts, and TEM. */
const isAlone = (code: number): boolean => (code >= 0xd0 && code <= 0xd7) || code === 0x01;

/** Of JFIF: what the pixels' proportions are, without the small copy that may follow. */
const jfifBytes = 14;

/** What is kept of a segment, marker and length included; `null`: nothing. */
function keptOf(code: number, segment: Buffer): Buffer | null {
  if (isFrame(code) || tables.has(code) || settings.has(code) || code === marker.scan) return segment;
  if (code === marker.app14 && startsWith(segment, 'Adobe', 4)) return segment;
  if (code === marker.app2 && startsWith(segment, 'ICC_PROFILE\0', 4)) return segment;
  if (code !== marker.app0 || !startsWith(segment, 'JFIF\0', 4) || segment.length < 4 + jfifBytes) return null;
  const bare = Buffer.from(segment.subarray(0, 4 + jfifBytes));
  bare.writeUInt16BE(2 + jfifBytes, 2);
  // No small copy.
  bare.writeUInt16BE(0, 4 + jfifBytes - 2);
  return bare;
}

/** Where the next marker is that is no part of a scan's data: what is not followed by a zero, or a restart. */
function afterScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !isAlone(next)) return at;
  }
  throw new BadPicture('the JPEG breaks off');
}

/** `undefined` for what is no JPEG. */
export function stillJpeg(bytes: Buffer): StillPicture | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== marker.start || bytes[2] !== 0xff) return undefined;
  const kept = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const code = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) break;
    // Markers may be preceded by any number of these.
    if (code === 0xff) {
      at += 1;
      continue;
    }
    const end = isAlone(code) ? at + 2 : at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || code === 0) break;
    const segment = bytes.subarray(at, end);
    if (isFrame(code)) {
      if (size !== null || segment.length < 9) throw new BadPicture('the JPEG holds more than one picture');
      size = { width: segment.readUInt16BE(7), height: segment.readUInt16BE(5) };
    }
    const part = keptOf(code, segment);
    if (part !== null) kept.push(part);
    at = end;
    if (code !== marker.scan) continue;
    const next = afterScan(bytes, at);
    kept.push(bytes.subarray(at, next));
    at = next;
    if (bytes[at + 1] === marker.end && size !== null) {
      return { type: 'image/jpeg', ...size, bytes: Buffer.concat([...kept, bytes.subarray(at, at + 2)]) };
    }
  }
  throw new BadPicture('the JPEG breaks off');
}
