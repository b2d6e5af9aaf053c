import { limits } from '@confab/protocol/limits.ts';
import { type Crop, sideOf } from './crop.ts';

/** What is sent: large enough for the largest place it is shown at, on screens with many pixels too. */
const sentPixels = 512;

/** How it is written, the best first: browsers that cannot write a kind write another, and not every picture is small as PNG. */
const ways: readonly { type: string; quality?: number }[] = [
  { type: 'image/webp', quality: 0.86 },
  { type: 'image/png' },
  { type: 'image/jpeg', quality: 0.86 },
  { type: 'image/jpeg', quality: 0.5 },
];

/** Draws the square over all of a canvas. What shines through becomes white: it looks the same in both themes. */
export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const side = sideOf(picture, crop);
  const { width, height } = canvas;
  pen.imageSmoothingQuality = 'high';
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, crop.x - side / 2, crop.y - side / 2, side, side, 0, 0, width, height);
}

/** The square as a file that the server takes. */
export async function pictureOf(picture: ImageBitmap, crop: Crop): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = sentPixels;
  canvas.height = sentPixels;
  drawCrop(canvas, picture, crop);
  for (const { type, quality } of ways) {
    const written = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
    if (written?.type === type && written.size <= limits.pictureBytes) return written;
  }
  throw new Error('This browser cannot write pictures.');
}
