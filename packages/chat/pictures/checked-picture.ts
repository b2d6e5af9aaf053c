import { hash } from 'node:crypto';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { stillJpeg } from './still-jpeg.ts';
import { BadPicture, type CheckedPicture, type StillPicture } from './still-picture.ts';
import { stillPng } from './still-png.ts';
import { stillWebp } from './still-webp.ts';

const problem = (what: string) => new Refusal('invalid-params', { path: '/file', problem: what });

/** The picture that a file is by its own bytes, bare. Refuses what is no picture, or too large a one. */
export function checkedPicture(file: string): CheckedPicture {
  const bytes = Buffer.from(file, 'base64');
  if (bytes.length > limits.pictureBytes) throw problem('the picture is too large');
  const picture = read(bytes);
  if (!picture) throw problem('not a PNG, JPEG or WebP picture');
  const { width, height } = picture;
  if (Math.max(width, height) > limits.picturePixels || Math.min(width, height) < 1) {
    throw problem(`the picture may have at most ${limits.picturePixels} pixels a side`);
  }
  return { ...picture, hash: hash('sha256', picture.bytes, 'base64url') };
}

function read(bytes: Buffer): StillPicture | undefined {
  try {
    return stillPng(bytes) ?? stillJpeg(bytes) ?? stillWebp(bytes);
  } catch (error) {
    if (error instanceof BadPicture) throw problem(error.message);
    throw error;
  }
}
