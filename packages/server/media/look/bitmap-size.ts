import { FileBytes } from '../file-bytes.ts';
import { lookLimits } from '../limits.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a bitmap says how large it is, after its file header: in two bytes each before 1990, in four since. */
export async function bitmapSize(path: string): Promise<Size> {
  const bytes = await FileBytes.open(path);
  try {
    const head = await bytes.at(0, 26);
    const isOld = head.readUInt32LE(14) === 12;
    const width = isOld ? head.readUInt16LE(18) : Math.abs(head.readInt32LE(18));
    // Below zero: from top to bottom.
    const height = isOld ? head.readUInt16LE(20) : Math.abs(head.readInt32LE(22));
    if (width * height === 0 || width * height > lookLimits.pixels) throw new Error('Not as large as it says.');
    return { width, height };
  } finally {
    await bytes.close();
  }
}
