import { rgbaToThumbHash } from 'thumbhash';
import { lookLimits } from '../limits.ts';
import type { PreviewBytes } from '../media.ts';
import { sharp } from './sharp.ts';

/** Decoded pixels, line by line. */
export interface Raster {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/** Widths of previews, in pixels. */
const usualWidths = [180, 480, 960, 1_920];
/** How much narrower than the next one a preview has to be to be worth its bytes. */
const muchNarrower = 0.75;
/** Widths for which AVIF is tried, whose encoder takes long. */
const avifWidths = { min: 400, max: 1_000 };
const quality = { webp: 80, avif: 55 };
/** ThumbHash takes no more. */
const blurPixels = 100;

export const largestWidth = usualWidths.at(-1) ?? 0;

/** Those that are worth it, and the picture's own width where it is not larger than the largest. */
export function widthsFor(width: number, largest = largestWidth): number[] {
  const last = Math.min(width, largest);
  return [...usualWidths.filter((each) => each <= last * muchNarrower), last];
}

const open = ({ data, width, height, channels }: Raster) => sharp(data, { raw: { width, height, channels } });

/** A picture of pixels that are in memory, in these widths and none above its own. */
export async function previewsOf(raster: Raster, widths: readonly number[]): Promise<PreviewBytes[]> {
  const previews: PreviewBytes[] = [];
  for (const width of new Set(widths.map((each) => Math.min(each, raster.width)))) {
    const { data, info } = await open(raster)
      .resize({ width, withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const smaller = { data, width: info.width, height: info.height, channels: info.channels as Raster['channels'] };
    const webp = await open(smaller).webp({ quality: quality.webp }).toBuffer();
    previews.push({ width: info.width, type: 'image/webp', bytes: webp });
    if (info.width < avifWidths.min || info.width > avifWidths.max) continue;
    const avif = await open(smaller).avif({ quality: quality.avif, effort: 2 }).toBuffer();
    if (avif.length < webp.length) previews.push({ width: info.width, type: 'image/avif', bytes: avif });
  }
  return previews.filter(({ bytes }) => bytes.length <= lookLimits.previewBytes);
}

/** A few bytes that a blurred picture of it is drawn from, as base64. */
export async function blurOf(raster: Raster): Promise<string> {
  const { data, info } = await open(raster)
    .resize({ width: blurPixels, height: blurPixels, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
