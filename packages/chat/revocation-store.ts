import { type Step, sql } from '@confab/storage';
import type { Revocation } from './effects.ts';

/** How long a revocation is kept: nodes look for them every few seconds. */
const keptMs = 600_000;
/** Rows that are kept however old they look: a node whose clock is behind stores what others take for long past. */
const keptRows = 256;

export interface StoredRevocation {
  /** Its place: higher than that of all that were stored when its transaction began. */
  readonly at: number;
  readonly revocation: Revocation;
}

/**
 * Stores what a transaction takes away, and answers with it under the ids that it got. A place is a time, but never
 * before one that is there already: the clocks of two nodes may be far apart, and none must overlook the other's.
 */
export function* storeRevocations(revocations: readonly Revocation[], now: number): Step<Revocation[]> {
  if (revocations.length === 0) return [];
  const newest = yield* sql.get<{ at: number | null }>('SELECT MAX(at) AS at FROM revocations');
  const at = Math.max(now, (newest?.at ?? 0) + 1);
  const stored: Revocation[] = [];
  for (const revocation of revocations) {
    const id = idOf(revocation, at);
    // The same right taken away twice in one moment is one revocation.
    yield* sql.run(
      'INSERT INTO revocations (id, at, data) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING',
      id,
      at,
      JSON.stringify(revocation),
    );
    stored.push({ ...revocation, id });
  }
  yield* sql.run(
    'DELETE FROM revocations WHERE at < ? AND at < (SELECT at FROM revocations ORDER BY at DESC LIMIT 1 OFFSET ?)',
    at - keptMs,
    keptRows - 1,
  );
  return stored;
}

/** Those after a place; 0: all that are kept. */
export function* revocationsSince(at: number): Step<StoredRevocation[]> {
  const rows = yield* sql.all<{ id: string; at: number; data: string }>(
    'SELECT id, at, data FROM revocations WHERE at > ? ORDER BY at, id',
    at,
  );
  return rows.map((row) => ({ at: row.at, revocation: { ...(JSON.parse(row.data) as Revocation), id: row.id } }));
}

function idOf(revocation: Revocation, at: number): string {
  switch (revocation.kind) {
    case 'session':
      return `${at}:session:${revocation.session}`;
    case 'user':
      return `${at}:user:${revocation.user}`;
    case 'log':
      return `${at}:${revocation.log}:${revocation.user}`;
  }
}
