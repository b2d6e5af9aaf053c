import type { FoundJob } from '@confab/chat';
import type { JobRunnerParts } from '../jobs/job-runner.ts';

interface Kept extends FoundJob {
  readonly dueAt: number;
}

/** Jobs as the database keeps them, for several runners, each with a clock of its own. */
export class MemoryJobs {
  #jobs: Kept[] = [];
  #leases = 0;
  /** What was done: its subject, and what came of it outside. */
  readonly done: [subject: string, outcome: unknown][] = [];
  readonly failures: string[] = [];

  schedule(subject: string, dueAt: number, kind = 'inside'): void {
    this.#jobs.push({ kind, subject, lane: 'lane', data: '{}', attempts: 0, lease: '', dueAt });
  }

  /** How one node asks for them. */
  seenBy(clock: { now(): number }): JobRunnerParts['jobs'] {
    return {
      kinds: ['inside', 'outside'],
      due: async (kinds) => {
        const ours = this.#jobs.filter(({ kind }) => kinds.includes(kind));
        const later = ours.filter(({ dueAt }) => dueAt > clock.now()).map(({ dueAt }) => dueAt);
        return { due: ours.filter(({ dueAt }) => dueAt <= clock.now()), nextAt: Math.min(...later) || null };
      },
      lease: async (job) => {
        const held = { ...job, lease: `lease-${++this.#leases}`, attempts: job.attempts + 1 };
        return this.#change(job, (kept) => [{ ...kept, ...held }]) ? held : undefined;
      },
      finish: async (job, outcome) => {
        const mine = this.#change(job, () => []);
        if (mine) this.done.push([job.subject, outcome]);
        return mine;
      },
      failed: async (job, error) => {
        const put = (kept: Kept) => [{ ...kept, lease: '', attempts: job.attempts + 1, dueAt: clock.now() + 1_000 }];
        if (this.#change(job, put)) this.failures.push(String(error));
      },
    };
  }

  #change(job: FoundJob, change: (kept: Kept) => Kept[]): boolean {
    const isThis = (kept: Kept) => kept.subject === job.subject && kept.lease === job.lease;
    const found = this.#jobs.some(isThis);
    this.#jobs = this.#jobs.flatMap((kept) => (isThis(kept) ? change(kept) : [kept]));
    return found;
  }
}
