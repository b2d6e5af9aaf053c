import type { ErrorCode } from '@confab/protocol';
import type { Step } from '@confab/storage';
import type { Effects } from '../effects.ts';
import type { Transaction } from '../transaction.ts';
import type { Job, JobHandler } from './job.ts';
import { jobBounds, pauseAfter } from './job-bounds.ts';
import { dueJobs, type FoundJob, leaseJob, putOff, takeOut } from './job-store.ts';

export interface FinishInput {
  readonly job: FoundJob;
  /** What came of it outside the database, if it had to leave it. */
  readonly outcome: unknown;
  readonly now: number;
  readonly ids: readonly string[];
}

export interface FailedInput {
  readonly job: FoundJob;
  readonly code: ErrorCode;
  /** Trying again would change nothing. */
  readonly final: boolean;
  readonly now: number;
  readonly ids: readonly string[];
}

export interface JobOutput {
  /** Whether it was this run that did it, or gave it up. */
  readonly done: boolean;
  readonly effects: Effects;
  /** When the first of the jobs that it scheduled is due. */
  readonly wakeAt?: number;
}

type Handlers = Readonly<Record<string, JobHandler<never>>>;

const jobOf = ({ subject, data }: FoundJob) => ({ subject, data: JSON.parse(data) }) as Job<never>;

function handlerOf(handlers: Handlers, { kind }: FoundJob): JobHandler<never> {
  const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined;
  if (!handler) throw new Error(`There is nobody to do ${kind}.`);
  return handler;
}

function* outputOf(tx: Transaction, done: boolean): Step<JobOutput> {
  const effects = yield* tx.conclude();
  return { done, effects, ...(tx.firstWake === undefined ? {} : { wakeAt: tx.firstWake }) };
}

/** The scripts that find, do and give up jobs. `begin` makes a transaction. */
export function jobScripts(
  handlers: Handlers,
  begin: (now: number, ids: readonly string[]) => Transaction,
  undone: (error: unknown) => unknown,
) {
  return {
    'jobs.due': dueJobs,
    'jobs.lease': leaseJob,

    /** Whoever takes the job out does it, in the same transaction: however many try, it happens once. */
    *'jobs.finish'({ job, outcome, now, ids }: FinishInput): Step<JobOutput> {
      const tx = begin(now, ids);
      if (!(yield* takeOut(job, now))) return yield* outputOf(tx, false);
      try {
        yield* handlerOf(handlers, job).run(tx, jobOf(job), outcome);
      } catch (error) {
        throw undone(error);
      }
      return yield* outputOf(tx, true);
    },

    *'jobs.failed'({ job, code, final, now, ids }: FailedInput): Step<JobOutput> {
      const tx = begin(now, ids);
      // One that was leased counted when it was begun: whoever does it may end with it.
      const failures = job.lease === '' ? job.attempts + 1 : job.attempts;
      if (!final && failures < jobBounds.attempts) {
        yield* putOff(job, failures, now + pauseAfter(failures));
        return yield* outputOf(tx, false);
      }
      if (!(yield* takeOut(job, now))) return yield* outputOf(tx, false);
      yield* handlerOf(handlers, job).gaveUp?.(tx, jobOf(job), code) ?? [];
      return yield* outputOf(tx, true);
    },
  };
}
