import { readFile, stat } from 'node:fs/promises';
import { lookLimits } from '../limits.ts';
import type { LookedInto } from '../media.ts';
import { blurOf, previewsOf, type Raster, widthsFor } from './raster.ts';
import { reading, sharp } from './sharp.ts';

/** Pixels from side to side and from top to bottom in which a drawing is made: it has no size of its own. */
const drawnPixels = 960;
/** Pixels to the inch that a drawing's own measures mean. */
const usualDensity = 72;
const densities = { min: 1, max: 7_200 };

/** A drawing (SVG) as pixels: no script in it runs, and nothing is loaded that it names. */
export async function lookIntoDrawing(path: string): Promise<LookedInto> {
  if ((await stat(path)).size > lookLimits.drawingBytes) throw new Error('Too large to be drawn.');
  // From memory, so that there is no folder that it could be beside.
  const drawing = await readFile(path);
  const { width, height } = await sharp(drawing, { ...reading, limitInputPixels: false }).metadata();
  const wanted = (usualDensity * drawnPixels) / Math.max(width, height);
  const density = Math.min(densities.max, Math.max(densities.min, wanted));
  const { data, info } = await sharp(drawing, { ...reading, density })
    .resize({ width: drawnPixels, height: drawnPixels, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raster = { data, width: info.width, height: info.height, channels: info.channels as Raster['channels'] };
  return { details: { blur: await blurOf(raster) }, previews: await previewsOf(raster, widthsFor(raster.width)) };
}
