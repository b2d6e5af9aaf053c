import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { lookLimits } from '../limits.ts';

/** A stretch of the file that was given, one byte so many times, or bytes that stand in their place. */
export type Piece =
  | { readonly from: number; readonly to: number }
  | { readonly count: number; readonly byte: number }
  | Uint8Array;

/** A file that cannot be taken apart, so that nothing can be taken out of it. */
export class Unreadable extends Error {}

/** What is kept of a file, from its beginning to its end. */
export class Kept {
  readonly pieces: Piece[] = [];

  keep(from: number, to: number): void {
    const last = this.pieces.at(-1);
    if (to <= from) return;
    if (last && 'to' in last && last.to === from) this.pieces[this.pieces.length - 1] = { from: last.from, to };
    else this.#add({ from, to });
  }

  put(bytes: Uint8Array): void {
    this.#add(bytes);
  }

  fill(count: number, byte: number): void {
    if (count > 0) this.#add({ count, byte });
  }

  #add(piece: Piece): void {
    if (this.pieces.length >= lookLimits.pieces) throw new Unreadable('It consists of too many parts.');
    this.pieces.push(piece);
  }
}

/** Whether this is the whole file as it was given. */
export const isWhole = (pieces: readonly Piece[], size: number): boolean =>
  pieces.every((piece) => 'to' in piece && piece.from === 0 && piece.to === size) && pieces.length <= 1;

/** How long the file is that they make. */
export const bytesIn = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);

function lengthOf(piece: Piece): number {
  if ('to' in piece) return piece.to - piece.from;
  return 'count' in piece ? piece.count : piece.length;
}

const chunkBytes = 1024 * 1024;
const filledBytes = 64 * 1024;

export async function* bytesOf(path: string, pieces: readonly Piece[]): AsyncIterable<Uint8Array> {
  for (const piece of pieces) {
    if ('to' in piece)
      yield* createReadStream(path, { start: piece.from, end: piece.to - 1, highWaterMark: chunkBytes });
    else if ('count' in piece) yield* filled(piece.count, piece.byte);
    else yield piece;
  }
}

function* filled(count: number, byte: number): Iterable<Uint8Array> {
  for (let left = count; left > 0; left -= filledBytes) yield new Uint8Array(Math.min(left, filledBytes)).fill(byte);
}

/** Writes them to a file; the answer is its SHA-256, as base64url. */
export async function writePieces(path: string, pieces: readonly Piece[], copy: string): Promise<string> {
  const hashing = createHash('sha256');
  const handle = await open(copy, 'w');
  try {
    for await (const bytes of bytesOf(path, pieces)) {
      hashing.update(bytes);
      await handle.writeFile(bytes);
    }
  } finally {
    await handle.close();
  }
  return hashing.digest('base64url');
}
