import { fileTypeFromFile } from 'file-type';
import { trackKinds } from '../boxes.ts';
import type { FileBytes } from '../file-bytes.ts';
import { soundTypes, usualNames } from './kinds.ts';
import { matroskaTracks } from './matroska.ts';
import { textType } from './text-type.ts';

export const unknownType = 'application/octet-stream';

/** Told by how they begin, and texts all the same: what they are is told as it is of other texts. */
const textual = /^(?:text\/|application\/(?:xml|rtf$|x-ms-regedit|pgp-encrypted|postscript|eps)|model\/stl)/;

export interface ToldType {
  readonly type: string;
  readonly isText: boolean;
}

/** A file's media type, told from how it begins; its name says only what kind of text a text is. */
export async function typeOf(path: string, bytes: FileBytes, name: string): Promise<ToldType> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  // What stands behind it says which codec is in it.
  const [mime = ''] = found?.mime.split(';') ?? [];
  const type = usualNames[mime] ?? mime;
  if (type === '' || textual.test(type)) {
    const text = await textType(bytes, name);
    return { type: text ?? (type || unknownType), isText: text !== undefined };
  }
  if (type === 'image/heif' && (await brandsOf(bytes)).includes('avif')) return { type: 'image/avif', isText: false };
  return { type: (await asSound(bytes, type)) ?? type, isText: false };
}

async function brandsOf(bytes: FileBytes): Promise<string[]> {
  const head = await bytes.at(0, 256);
  const end = Math.min(head.length, head.length < 4 ? 0 : head.readUInt32BE(0));
  return head.toString('latin1', 8, end).match(/.{4}/gs) ?? [];
}

async function asSound(bytes: FileBytes, type: string): Promise<string | undefined> {
  if (soundTypes[type] === undefined) return undefined;
  const isMatroska = type === 'video/webm' || type === 'video/x-matroska';
  const tracks = await (isMatroska ? matroskaTracks : trackKinds)(bytes);
  return tracks.has('soun') && !tracks.has('vide') ? soundTypes[type] : undefined;
}
