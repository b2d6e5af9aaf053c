import type { Metadata } from 'sharp';
import { lookLimits } from '../limits.ts';
import type { Inspected } from '../media.ts';
import { bitmapSize } from './bitmap-size.ts';
import { reading, sharp } from './sharp.ts';

/** Whether a picture moves, and its previews with it: too much of it does not. */
export function moves({ format, pages = 1, width, height, pageHeight = height }: Metadata): boolean {
  if (pages < 2 || pages > lookLimits.frames || (format !== 'gif' && format !== 'webp')) return false;
  return width * pageHeight * pages <= lookLimits.movingPixels;
}

/** How large a picture is, as it is to be seen. @throws what a decoder says of a file that it cannot read */
export async function measure(path: string, type: string): Promise<Inspected['details']> {
  if (type === 'image/bmp') return bitmapSize(path);
  const metadata = await sharp(path, reading).metadata();
  const { width, height } = metadata.autoOrient;
  return { width, height, ...(moves(metadata) ? { animated: true as const } : {}) };
}
