import type { PictureHash, StillType } from '@confab/protocol';

/** A picture that does not move, and nothing besides: what a camera or a program wrote along with it is left out. */
export interface StillPicture {
  readonly type: StillType;
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

/** One that may be kept. */
export interface CheckedPicture extends StillPicture {
  readonly hash: PictureHash;
}

/** Says of a file of its kind that it cannot be read to its end, or moves. The message goes to whoever sent it. */
export class BadPicture extends Error {}

export const startsWith = (bytes: Buffer, text: string, at = 0): boolean =>
  bytes.toString('latin1', at, at + text.length) === text;
