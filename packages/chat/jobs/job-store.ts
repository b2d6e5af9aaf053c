import { type Step, sql } from '@confab/storage';
import type { Transaction } from '../transaction.ts';
import type { JobData, JobKind } from './job.ts';
import { jobBounds } from './job-bounds.ts';

/** Which job, and as it was found: what changes it meanwhile makes it another. */
export interface FoundJob {
  readonly kind: string;
  readonly subject: string;
  /** What it mostly writes to, as the key of a write. */
  readonly lane: string;
  /** As JSON. */
  readonly data: string;
  /** How often it failed or was begun. */
  readonly attempts: number;
  /** Of whoever does it now; empty when nobody does. */
  readonly lease: string;
}

export interface NewJob<Kind extends JobKind> {
  readonly kind: Kind;
  readonly subject: string;
  /** Unix milliseconds. */
  readonly dueAt: number;
  /** What it will mostly write to: a room, otherwise a person. */
  readonly lane: string;
  readonly data: JobData[Kind];
}

/** Has something done later. Takes the place of an earlier one of the same kind and subject, even of one under way. */
export function* scheduleJob<Kind extends JobKind>(tx: Transaction, job: NewJob<Kind>): Step<void> {
  yield* sql.run(
    `INSERT INTO jobs (kind, subject, lane, due_at, data, attempts, lease) VALUES (?, ?, ?, ?, ?, 0, '')
     ON CONFLICT (kind, subject) DO UPDATE SET lane = excluded.lane, due_at = excluded.due_at, data = excluded.data,
       attempts = 0, lease = ''`,
    job.kind,
    job.subject,
    job.lane,
    job.dueAt,
    JSON.stringify(job.data),
  );
  tx.wakeAt(job.dueAt);
}

/** Has something done later, unless there is already one of this kind and subject. */
export function* scheduleJobOnce<Kind extends JobKind>(tx: Transaction, job: NewJob<Kind>): Step<void> {
  const added = yield* sql.run(
    `INSERT INTO jobs (kind, subject, lane, due_at, data, attempts, lease) VALUES (?, ?, ?, ?, ?, 0, '')
     ON CONFLICT (kind, subject) DO NOTHING`,
    job.kind,
    job.subject,
    job.lane,
    job.dueAt,
    JSON.stringify(job.data),
  );
  if (added > 0) tx.wakeAt(job.dueAt);
}

export function* cancelJob(kind: JobKind, subject: string): Step<void> {
  yield* sql.run('DELETE FROM jobs WHERE kind = ? AND subject = ?', kind, subject);
}

/** Jobs of these kinds that are due, those that nobody does first, then by age; and when the next one will be. */
export function* dueJobs(input: {
  readonly kinds: readonly string[];
  readonly now: number;
}): Step<{ due: FoundJob[]; nextAt: number | null }> {
  const due = yield* sql.all<FoundJob>(
    `SELECT kind, subject, lane, data, attempts, lease FROM jobs WHERE kind = ANY (?) AND due_at <= ?
     ORDER BY CASE WHEN lease = '' THEN 0 ELSE 1 END, due_at, subject LIMIT ?`,
    input.kinds,
    input.now,
    jobBounds.perLook,
  );
  const next = yield* sql.get<{ at: number | null }>(
    'SELECT MIN(due_at) AS at FROM jobs WHERE kind = ANY (?) AND due_at > ?',
    input.kinds,
    input.now,
  );
  return { due, nextAt: next?.at ?? null };
}

/**
 * Gives a job to whoever asks, unless somebody else got it since it was found. It stays due: how long a holder has is
 * for the others to say, each by a clock of their own.
 */
export function* leaseJob({ job, lease }: { job: FoundJob; lease: string }): Step<boolean> {
  const changed = yield* sql.run(
    `UPDATE jobs SET lease = ?, attempts = attempts + 1 WHERE kind = ? AND subject = ? AND lease = ? AND attempts = ?`,
    lease,
    job.kind,
    job.subject,
    job.lease,
    job.attempts,
  );
  return changed === 1;
}

/** Takes a job out, if it still is as it was found; without a lease it has to be due as well. */
export function* takeOut({ kind, subject, lease, attempts }: FoundJob, now: number): Step<boolean> {
  const changed = yield* sql.run(
    `DELETE FROM jobs WHERE kind = ? AND subject = ? AND lease = ? AND attempts = ? AND (lease <> '' OR due_at <= ?)`,
    kind,
    subject,
    lease,
    attempts,
    now,
  );
  return changed === 1;
}

/** Puts it off, if it still is as it was found. */
export function* putOff({ kind, subject, lease, attempts }: FoundJob, failures: number, dueAt: number): Step<void> {
  yield* sql.run(
    `UPDATE jobs SET attempts = ?, due_at = ?, lease = '' WHERE kind = ? AND subject = ? AND lease = ? AND attempts = ?`,
    failures,
    dueAt,
    kind,
    subject,
    lease,
    attempts,
  );
}
