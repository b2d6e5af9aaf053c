/** How a picture is to be turned (Exif, tag 0x0112): 1 is not at all. */
export type Orientation = number;

export const upright: Orientation = 1;
const orientationTag = 0x0112;
const entryBytes = 12;
/** More tells nobody how to turn a picture. */
const mostEntries = 1_000;

/** @param tiff the block that begins with `II` or `MM`; whatever it is, the answer is from 1 to 8 */
export function orientationOf(tiff: Buffer): Orientation {
  const isLittle = tiff.subarray(0, 2).toString('latin1') === 'II';
  const u16 = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (at + 4 > tiff.length ? 0 : isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  if (u16(2) !== 42) return upright;
  const directory = u32(4);
  const count = Math.min(u16(directory), mostEntries);
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + entry * entryBytes;
    if (u16(at) !== orientationTag) continue;
    const value = u16(at + 8);
    return value >= 1 && value <= 8 ? value : upright;
  }
  return upright;
}

/** A block that says nothing else. */
export function onlyOrientation(orientation: Orientation): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM');
  tiff.writeUInt16BE(42, 2);
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(orientationTag, 10);
  // One number of two bytes.
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

export const exifMark = Buffer.from('Exif\0\0', 'latin1');

/** Some write the mark of JPEG before the block in other formats too. */
export const withoutMark = (block: Buffer): Buffer =>
  block.subarray(0, exifMark.length).equals(exifMark) ? block.subarray(exifMark.length) : block;
