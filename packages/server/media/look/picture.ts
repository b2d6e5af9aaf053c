import { stat } from 'node:fs/promises';
import { lookLimits } from '../limits.ts';
import type { LookedInto, PreviewBytes } from '../media.ts';
import { moves } from './measure.ts';
import { blurOf, largestWidth, previewsOf, type Raster, widthsFor } from './raster.ts';
import { reading, sharp } from './sharp.ts';

/** Above it, what moves would take more bytes than the whole of most pictures. */
const movingWidth = 480;

async function rasterOf(path: string, type: string): Promise<Raster> {
  if (type === 'image/bmp') return (await import('./bitmap.ts')).bitmapRaster(path, (await stat(path)).size);
  const { data, info } = await sharp(path, reading)
    .autoOrient()
    .resize({ width: largestWidth, height: lookLimits.previewHeight, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels as Raster['channels'] };
}

async function movingPreviews(path: string, width: number): Promise<PreviewBytes[]> {
  const previews: PreviewBytes[] = [];
  for (const each of widthsFor(width, movingWidth)) {
    const bytes = await sharp(path, { ...reading, animated: true })
      .resize({ width: each, withoutEnlargement: true })
      .webp({ quality: 70, effort: 2 })
      .toBuffer();
    if (bytes.length <= lookLimits.previewBytes) previews.push({ width: each, type: 'image/webp', bytes });
  }
  return previews;
}

/** Its previews, turned as its camera was held; of one that moves they move. */
export async function lookIntoPicture(path: string, type: string): Promise<LookedInto> {
  const raster = await rasterOf(path, type);
  const details = { blur: await blurOf(raster) };
  const metadata = type === 'image/bmp' ? undefined : await sharp(path, reading).metadata();
  const moving = metadata && moves(metadata) ? await movingPreviews(path, metadata.width) : [];
  return { details, previews: moving.length > 0 ? moving : await previewsOf(raster, widthsFor(raster.width)) };
}
