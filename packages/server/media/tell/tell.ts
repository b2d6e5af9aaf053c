import { createHash } from 'node:crypto';
import type { FileKind } from '@confab/protocol';
import { cleaned } from '../clean/clean.ts';
import { bytesIn, bytesOf, isWhole, type Piece, writePieces } from '../clean/pieces.ts';
import { FileBytes } from '../file-bytes.ts';
import type { Inspected } from '../media.ts';
import { kindOf, listed } from './kinds.ts';
import { typeOf, unknownType } from './type-of.ts';

/** What is told of a file without decoding anything that is in it. */
export type Told = Omit<Inspected, 'details'>;

interface Looked {
  readonly type: string;
  readonly kind: FileKind;
  readonly pieces: readonly Piece[];
}

/** @param copy where a copy is put when something is to be taken out of it */
export async function tell(path: string, name: string, copy: string): Promise<Told> {
  const bytes = await FileBytes.open(path);
  try {
    const whole = [{ from: 0, to: bytes.size }];
    const given = await hashOf(path, bytes.size === 0 ? [] : whole);
    // What cannot be taken apart is not shown either, so that nobody sees in it what should have been taken out.
    const { type, kind, pieces } = await look(path, name, bytes).catch(() => ({ ...unknown, pieces: whole }));
    const about = { given, type, kind, hasMore: hasMore(type, kind) };
    if (isWhole(pieces, bytes.size)) return { ...about, hash: given, path, size: bytes.size };
    const hash = await writePieces(path, pieces, copy);
    return { ...about, hash, path: copy, size: bytesIn(pieces) };
  } finally {
    await bytes.close();
  }
}

const unknown = { type: unknownType, kind: 'other' } as const;

async function look(path: string, name: string, bytes: FileBytes): Promise<Looked> {
  const { type, isText } = await typeOf(path, bytes, name);
  return { type, kind: isText ? 'text' : kindOf(type), pieces: await cleaned(bytes, type) };
}

const hasMore = (type: string, kind: FileKind): boolean =>
  kind === 'picture' || kind === 'pdf' || type === 'image/svg+xml' || listed.has(type);

async function hashOf(path: string, pieces: readonly Piece[]): Promise<string> {
  const hashing = createHash('sha256');
  for await (const bytes of bytesOf(path, pieces)) hashing.update(bytes);
  return hashing.digest('base64url');
}
