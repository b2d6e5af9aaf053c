import sharp from 'sharp';
import { lookLimits } from '../limits.ts';

// One picture at a time, in one thread: what is left of the machine is for those who talk.
sharp.cache(false);
sharp.concurrency(1);
// Nothing is read but what browsers show.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff', 'Svg'].map((format) => `VipsForeignLoad${format}`),
});

/** How a picture of a stranger is read. */
export const reading = {
  limitInputPixels: lookLimits.pixels,
  sequentialRead: true,
  failOn: 'error',
} as const;

export { sharp };
