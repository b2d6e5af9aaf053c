import type { FileBytes } from '../file-bytes.ts';
import { filmNotes } from './film.ts';
import { heifNotes } from './heif.ts';
import { cleanJpeg } from './jpeg.ts';
import { type Patch, patched } from './patches.ts';
import type { Piece } from './pieces.ts';
import { cleanPng } from './png.ts';
import { tiffNotes } from './tiff.ts';
import { cleanWebp } from './webp.ts';

type Clean = (bytes: FileBytes) => Promise<Piece[]>;

const inPlace =
  (notesOf: (bytes: FileBytes) => Promise<Patch[]>): Clean =>
  async (bytes) =>
    patched(bytes.size, await notesOf(bytes));

const heif = inPlace(heifNotes);
const film = inPlace((bytes) => filmNotes(bytes, false));
const sound = inPlace((bytes) => filmNotes(bytes, true));

/** By media type: what of a file is kept, pixel for pixel. Of others all of it is. */
const cleanings: Readonly<Record<string, Clean>> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/webp': cleanWebp,
  'image/tiff': inPlace(tiffNotes),
  'image/avif': heif,
  'image/heic': heif,
  'image/heif': heif,
  'video/mp4': film,
  'video/quicktime': film,
  'audio/mp4': sound,
  'audio/x-m4a': sound,
};

/** @throws `Unreadable` */
export async function cleaned(bytes: FileBytes, type: string): Promise<readonly Piece[]> {
  return (await cleanings[type]?.(bytes)) ?? [{ from: 0, to: bytes.size }];
}
