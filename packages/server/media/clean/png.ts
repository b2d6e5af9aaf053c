import { crc32 } from 'node:zlib';
import type { FileBytes } from '../file-bytes.ts';
import { onlyOrientation, orientationOf, upright, withoutMark } from './exif.ts';
import { Kept, type Piece } from './pieces.ts';

const signatureBytes = 8;
/** Length and name before a chunk's content, and its checksum after it. */
const aroundBytes = 12;
const exifBytes = 64 * 1024;

/** What changes how it looks or moves (PNG, third edition, section 11.3); chunks whose names begin with a capital are needed. */
const shown = new Set('tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '));

const isKept = (name: string): boolean => /^[A-Z]/.test(name) || shown.has(name);

export function pngChunk(name: string, content: Uint8Array): Buffer {
  const chunk = Buffer.alloc(content.length + aroundBytes);
  chunk.writeUInt32BE(content.length, 0);
  chunk.write(name, 4, 'latin1');
  chunk.set(content, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + content.length)), 8 + content.length);
  return chunk;
}

/** Without its texts, its time and its Exif, and without what follows its end. */
export async function cleanPng(bytes: FileBytes): Promise<Piece[]> {
  const kept = new Kept();
  kept.keep(0, signatureBytes);
  for (let at = signatureBytes; at + aroundBytes <= bytes.size; ) {
    const head = await bytes.at(at, 8);
    const length = head.readUInt32BE(0);
    const name = head.subarray(4).toString('latin1');
    const end = Math.min(at + aroundBytes + length, bytes.size);
    if (isKept(name)) kept.keep(at, end);
    else if (name === 'eXIf') {
      const orientation = orientationOf(withoutMark(await bytes.at(at + 8, Math.min(length, exifBytes))));
      if (orientation !== upright) kept.put(pngChunk(name, onlyOrientation(orientation)));
    }
    if (name === 'IEND') break;
    at = end;
  }
  return kept.pieces;
}
