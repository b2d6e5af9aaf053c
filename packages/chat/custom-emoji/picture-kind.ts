import type { PictureType } from '@confab/protocol';

/** What a picture is by its bytes, and how large it is drawn; `undefined` for anything that is none of these kinds. */
export interface PictureKind {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

const startsWith = (bytes: Buffer, text: string, at = 0): boolean =>
  bytes.toString('latin1', at, at + text.length) === text;

/** PNG, animated or not (its second edition, 5.2 and 11.2.1): the header chunk comes first. */
function png(bytes: Buffer): PictureKind | undefined {
  if (!startsWith(bytes, '\x89PNG\r\n\x1a\n') || !startsWith(bytes, 'IHDR', 12) || bytes.length < 33) return undefined;
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** GIF of either version (GIF89a, 17 and 18). */
function gif(bytes: Buffer): PictureKind | undefined {
  if ((!startsWith(bytes, 'GIF87a') && !startsWith(bytes, 'GIF89a')) || bytes.length < 13) return undefined;
  return { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

/** WebP (RFC 9649): lossy, lossless, or with more than one picture. */
function webp(bytes: Buffer): PictureKind | undefined {
  if (!startsWith(bytes, 'RIFF') || !startsWith(bytes, 'WEBP', 8) || bytes.length < 30) return undefined;
  const size = webpSize(bytes);
  return size && { type: 'image/webp', ...size };
}

function webpSize(bytes: Buffer): { width: number; height: number } | undefined {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return bytes[20] === 0x2f ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : undefined;
    }
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    default:
      return undefined;
  }
}

export const pictureKind = (bytes: Buffer): PictureKind | undefined => png(bytes) ?? gif(bytes) ?? webp(bytes);
