import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';
import { scheduleJob } from '../jobs/index.ts';
import type { Transaction } from '../transaction.ts';

/** Milliseconds after which somebody whose content is just being deleted tries again. */
const doomedMs = 1_000;

/** How long content that somebody is about to put there is left alone, in milliseconds. */
const claimMs = 3_600_000;

export interface BlobClaim {
  /** The file that is to have it. */
  readonly holder: string;
  readonly hashes: readonly string[];
  readonly now: number;
}

/**
 * Says that bytes are about to be put there: what nothing has is not deleted until the file has it, or an hour has
 * passed. Comes before the bytes, so that none that lie there already go in between.
 */
export function* claimBlobs({ holder, hashes, now }: BlobClaim): Step<void> {
  for (const hash of hashes) {
    const row = yield* sql.get<{ doomed: number }>('SELECT doomed FROM blobs WHERE hash = ?', hash);
    if (row?.doomed === 1) throw new Refusal('overloaded', { retryAfterMs: doomedMs });
    yield* sql.run(
      `INSERT INTO blob_claims (hash, holder, at) VALUES (?, ?, ?)
       ON CONFLICT (hash, holder) DO UPDATE SET at = excluded.at`,
      ...[hash, holder, now],
    );
  }
}

/** Forgets who never came back. */
export function* dropOldClaims(now: number): Step<void> {
  yield* sql.run('DELETE FROM blob_claims WHERE at < ?', now - claimMs);
}

/** Has content kept for as long as something has it. Its bytes lie there already. */
export function* keepBlob(hash: string, size: number, holder: string): Step<void> {
  yield* sql.run('DELETE FROM blob_claims WHERE hash = ? AND holder = ?', hash, holder);
  const row = yield* sql.get<{ doomed: number }>(
    `INSERT INTO blobs (hash, size, doomed) VALUES (?, ?, 0)
     ON CONFLICT (hash) DO UPDATE SET size = excluded.size RETURNING doomed`,
    hash,
    size,
  );
  // Its bytes may go at any moment: whoever brings the same ones has to bring them again.
  if (row?.doomed === 1) throw new Refusal('overloaded', { retryAfterMs: doomedMs });
}

/** Something does not have this content any more; if it was the last, its bytes are deleted later. */
export function* dropBlob(tx: Transaction, hash: string): Step<void> {
  yield* scheduleJob(tx, { kind: 'blob-drop', subject: hash, lane: 'files', dueAt: tx.now, data: null });
}

function* isInUse(hash: string, now: number): Step<boolean> {
  const row = yield* sql.get(
    `SELECT 1 AS yes WHERE EXISTS (SELECT 1 FROM files WHERE blob = ?)
     OR EXISTS (SELECT 1 FROM file_previews WHERE blob = ?)
     OR EXISTS (SELECT 1 FROM blob_claims WHERE hash = ? AND at >= ?)`,
    ...[hash, hash, hash, now - claimMs],
  );
  return row !== undefined;
}

/**
 * Whether nothing has this content; from then on nothing gets it, until `forgetBlob`, and its bytes may be deleted.
 * Also for what no row knows of: a server that ended may have left it behind.
 */
export function* doomBlob({ hash, now }: { hash: string; now: number }): Step<boolean> {
  if (yield* isInUse(hash, now)) return false;
  yield* sql.run(
    'INSERT INTO blobs (hash, size, doomed) VALUES (?, 0, 1) ON CONFLICT (hash) DO UPDATE SET doomed = 1',
    hash,
  );
  return true;
}

/** Its bytes are gone. */
export function* forgetBlob(hash: string): Step<void> {
  yield* sql.run('DELETE FROM blobs WHERE hash = ? AND doomed = 1', hash);
}

/** Those of these hashes that nothing has. */
export function* unknownBlobs(hashes: readonly string[]): Step<string[]> {
  const rows = yield* sql.all<{ blob: string }>(
    'SELECT blob FROM files WHERE blob = ANY (?) UNION SELECT blob FROM file_previews WHERE blob = ANY (?)',
    hashes,
    hashes,
  );
  const known = new Set(rows.map(({ blob }) => blob));
  return hashes.filter((hash) => !known.has(hash));
}

/** Content that was to be deleted: whoever did it may have ended. */
export function* doomedBlobs(limit: number): Step<string[]> {
  const rows = yield* sql.all<{ hash: string }>('SELECT hash FROM blobs WHERE doomed = 1 LIMIT ?', limit);
  return rows.map(({ hash }) => hash);
}
