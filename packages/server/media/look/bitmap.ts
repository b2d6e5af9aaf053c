import { readFile } from 'node:fs/promises';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { lookLimits } from '../limits.ts';
import { bitmapSize } from './bitmap-size.ts';
import { largestWidth, type Raster } from './raster.ts';

/** A bitmap (BMP), which the other decoder does not know. */
export async function bitmapRaster(path: string, size: number): Promise<Raster> {
  if (size > lookLimits.bitmapBytes) throw new Error('Too large to be read.');
  const said = await bitmapSize(path);
  const scale = Math.min(1, largestWidth / said.width, lookLimits.previewHeight / said.height);
  const width = Math.max(1, Math.round(said.width * scale));
  const height = Math.max(1, Math.round(said.height * scale));
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').drawImage(await loadImage(await readFile(path)), 0, 0, width, height);
  return { data: Buffer.from(canvas.data()), width, height, channels: 4 };
}
