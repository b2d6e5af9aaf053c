import type { Chat, FoundJob } from '@confab/chat';
import type { Clock, Report, Timers } from '@confab/engine';
import { type JobLimits, jobLimits } from './limits.ts';
import { SeenLeases } from './seen-leases.ts';

/**
 * What jobs do outside the database, by kind: a request to somebody else, a mail. Done at least once; the outcome goes
 * to the kind's handler in the domain. A rejection has the job tried again.
 */
export type OutsideWork = Readonly<
  Record<string, (job: { subject: string; data: unknown }, signal: AbortSignal) => Promise<unknown>>
>;

export interface JobRunnerParts {
  readonly jobs: Pick<Chat['jobs'], 'kinds' | 'due' | 'lease' | 'finish' | 'failed'>;
  readonly outside: OutsideWork;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly report: Report;
  readonly limits?: Partial<JobLimits>;
}

/**
 * Does what is due. Every node of an instance has one, and each tries all of it: in the database a job is done by
 * whoever takes it out, in one transaction; what has to leave it is leased first.
 */
export class JobRunner {
  readonly #parts: JobRunnerParts;
  readonly #limits: JobLimits;
  readonly #leases: SeenLeases;
  readonly #inside: readonly string[];
  readonly #outside: readonly string[];
  readonly #breakOff = new AbortController();
  readonly #working = new Set<Promise<void>>();
  #cancel: (() => void) | undefined;
  #looking: Promise<void> | undefined;
  /** By this node's clock; what is scheduled for earlier wakes it. */
  #nextAt = Number.POSITIVE_INFINITY;
  #again = false;
  #stopped = false;

  constructor(parts: JobRunnerParts) {
    this.#parts = parts;
    this.#limits = { ...jobLimits, ...parts.limits };
    this.#leases = new SeenLeases(this.#limits.leaseMs);
    this.#outside = parts.jobs.kinds.filter((kind) => Object.hasOwn(parts.outside, kind));
    this.#inside = parts.jobs.kinds.filter((kind) => !Object.hasOwn(parts.outside, kind));
  }

  start(): void {
    this.#look();
  }

  /** Something was scheduled for then (Unix ms). */
  wake(dueAt: number): void {
    if (this.#looking !== undefined) this.#again = true;
    else if (dueAt < this.#nextAt) this.#wait(dueAt);
  }

  /** Takes nothing new, breaks off what is done outside, and resolves when all of it has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    this.#breakOff.abort();
    await this.#looking;
    await Promise.all(this.#working);
  }

  #wait(until: number): void {
    if (this.#stopped) return;
    this.#cancel?.();
    const now = this.#parts.clock.now();
    // The clock may be set meanwhile, so nothing is waited for longer than this.
    const delayMs = Math.min(Math.max(0, until - now), this.#limits.pollMs);
    this.#nextAt = now + delayMs;
    this.#cancel = this.#parts.timers.after(delayMs, () => this.#look());
  }

  #look(): void {
    if (this.#looking !== undefined || this.#stopped) return;
    this.#looking = this.#doDue()
      .catch((error: unknown) => {
        this.#parts.report('warn', 'what is due could not be read', { error });
        return Number.POSITIVE_INFINITY;
      })
      .then((nextAt) => {
        this.#looking = undefined;
        this.#wait(this.#again ? 0 : nextAt);
        this.#again = false;
      });
  }

  /** Resolves to when there is something to do again. */
  async #doDue(): Promise<number> {
    const { jobs } = this.#parts;
    const inside = await jobs.due(this.#inside);
    const outside = this.#outside.length > 0 ? await jobs.due(this.#outside) : { due: [], nextAt: null };
    for (const job of this.#leases.free(outside.due, this.#parts.clock.monotonic())) this.#workOn(job);
    const done = await Promise.all(inside.due.map((job) => jobs.finish(job)));
    // More than one answer held, or what came due meanwhile.
    if (done.includes(true)) return 0;
    return Math.min(inside.nextAt ?? Number.POSITIVE_INFINITY, outside.nextAt ?? Number.POSITIVE_INFINITY);
  }

  #workOn(job: FoundJob): void {
    if (this.#working.size >= this.#limits.outsideAtOnce) return;
    const working = this.#doOutside(job)
      .catch((error: unknown) => this.#parts.report('warn', 'a job could not be begun', { kind: job.kind, error }))
      .then(() => {
        this.#working.delete(working);
        // There may be those that found no room.
        this.wake(0);
      });
    this.#working.add(working);
  }

  async #doOutside(job: FoundJob): Promise<void> {
    const { jobs, outside } = this.#parts;
    const held = await jobs.lease(job);
    const work = outside[job.kind];
    if (!held || !work) return;
    const limit = new AbortController();
    const cancel = this.#parts.timers.after(this.#limits.workMs, () => limit.abort(new Error('It took too long.')));
    try {
      const signal = AbortSignal.any([limit.signal, this.#breakOff.signal]);
      const outcome = await work({ subject: held.subject, data: JSON.parse(held.data) }, signal);
      await jobs.finish(held, outcome);
    } catch (error) {
      await jobs.failed(held, error);
    } finally {
      cancel();
    }
  }
}
