import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { BlobMissing, DiskBlobs } from '../blobs/index.ts';
import { withBackup } from './backup-file.ts';
import { SqliteSource } from './sqlite-source.ts';

/** What came of copying the content of files. */
export interface CopiedContent {
  /** How many pieces of content are there now, and how many bytes they have. */
  readonly pieces: number;
  readonly bytes: number;
  /** How many were not where they were to be copied from. */
  readonly missing: number;
  /** How many are not what their name says; they were left out. */
  readonly damaged: number;
}

/** How a database names content. */
export interface NamedContent {
  /** The table that one without files does not have: it was made by an older version. */
  readonly table: string;
  /** Answers with hashes, a column of texts. */
  readonly query: string;
}

/** Only for whoever runs Confab. */
const mode = 0o700;

/** Where the content that belongs to a backup lies. */
export const contentBeside = (file: string): string => `${file}-files`;

/** Puts the content that a backup names beside it. What was deleted after the backup was begun is missing. */
export async function backUpContent(file: string, folder: string, named: NamedContent): Promise<CopiedContent> {
  const beside = contentBeside(file);
  await mkdir(beside, { recursive: true, mode });
  return copyContent(file, named, new DiskBlobs(folder), new DiskBlobs(beside), false);
}

/** Brings the content beside a backup to a folder, after each piece was compared with its hash. */
export function restoreContent(file: string, folder: string, named: NamedContent): Promise<CopiedContent> {
  // Every byte of the backup is checked before it is believed.
  return withBackup(file, () =>
    copyContent(file, named, new DiskBlobs(contentBeside(file)), new DiskBlobs(folder), true),
  );
}

async function copyContent(
  file: string,
  named: NamedContent,
  from: DiskBlobs,
  to: DiskBlobs,
  compares: boolean,
): Promise<CopiedContent> {
  const found = { pieces: 0, bytes: 0, missing: 0, damaged: 0 };
  const source = SqliteSource.open(file);
  try {
    if (source.text(`SELECT COUNT(*) FROM sqlite_schema WHERE name = '${named.table}'`) === '0') return found;
    for (const hash of source.texts(named.query)) {
      const bytes = await copyPiece(hash, from, to, compares);
      if (typeof bytes === 'string') found[bytes] += 1;
      else {
        found.pieces += 1;
        found.bytes += bytes;
      }
    }
    return found;
  } finally {
    source.close();
  }
}

/** How many bytes it has, or why it is not there. */
async function copyPiece(
  hash: string,
  from: DiskBlobs,
  to: DiskBlobs,
  compares: boolean,
): Promise<number | 'missing' | 'damaged'> {
  try {
    return await from.withFile(hash, async (path) => {
      if (compares && (await hashOf(path)) !== hash) return 'damaged';
      await to.adopt(hash, path);
      return (await stat(path)).size;
    });
  } catch (error) {
    if (error instanceof BlobMissing) return 'missing';
    throw error;
  }
}

async function hashOf(path: string): Promise<string> {
  const sum = createHash('sha256');
  await pipeline(createReadStream(path), sum);
  return sum.digest('base64url');
}
