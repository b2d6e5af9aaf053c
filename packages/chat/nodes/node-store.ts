import { type Step, sql } from '@confab/storage';
import { bounds } from '../bounds.ts';

/** One process of this instance, as it says itself. Times are its own clock's, in Unix milliseconds. */
export interface KnownNode {
  readonly name: string;
  /** Where the others reach it. */
  readonly url: string;
  readonly startedAt: number;
  /** Raised while it lives. Others only look at whether it changes: clocks may be apart. */
  readonly seenAt: number;
}

/** Says that a node lives, for the first time or again. */
export function* renewNode({ name, url, startedAt, seenAt }: KnownNode): Step<void> {
  yield* sql.run(
    `INSERT INTO nodes (name, url, started_at, seen_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET url = excluded.url, seen_at = excluded.seen_at`,
    name,
    url,
    startedAt,
    seenAt,
  );
}

/** All that said so and were not forgotten; those that started last where there are more than the bound. */
export function* knownNodes(): Step<KnownNode[]> {
  return yield* sql.all<KnownNode>(
    `SELECT name, url, started_at AS "startedAt", seen_at AS "seenAt" FROM nodes
     ORDER BY started_at DESC, name LIMIT ?`,
    bounds.nodes,
  );
}

/** Forgets a node that said nothing more since `seenAt`: one that comes back to life meanwhile is kept. */
export function* forgetNode({ name, seenAt }: { readonly name: string; readonly seenAt: number }): Step<void> {
  yield* sql.run('DELETE FROM nodes WHERE name = ? AND seen_at = ?', name, seenAt);
}

/** What all nodes of the instance know and nobody else: the candidate of whoever came first, for ever. */
export function* sharedSecret({
  name,
  candidate,
}: {
  readonly name: string;
  readonly candidate: string;
}): Step<string> {
  yield* sql.run(
    'INSERT INTO instance_secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING',
    name,
    candidate,
  );
  const row = yield* sql.get<{ value: string }>('SELECT value FROM instance_secrets WHERE name = ?', name);
  return row?.value ?? candidate;
}
