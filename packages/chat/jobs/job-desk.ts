import type { ErrorCode } from '@confab/protocol';
import type { Database } from '@confab/storage';
import { bounds } from '../bounds.ts';
import type { PresenceSource } from '../completions.ts';
import type { Effects } from '../effects.ts';
import { type Report, refusalOf } from '../refusal-of.ts';
import type { JobHandler } from './job.ts';
import type { FailedInput, FinishInput, JobOutput } from './job-scripts.ts';
import type { FoundJob } from './job-store.ts';

export interface JobDeskParts {
  readonly database: Database;
  readonly publish: (effects: Effects) => void;
  readonly clock: { now(): number };
  readonly newId: () => string;
  readonly presence: PresenceSource;
  readonly report: Report;
  /** Hears when something was scheduled, and for when. */
  readonly onScheduled: (dueAt: number) => void;
  readonly handlers: Readonly<Record<string, JobHandler<never>>>;
}

/** What a node that does jobs asks the domain. */
export class JobDesk {
  readonly #parts: JobDeskParts;

  constructor(parts: JobDeskParts) {
    this.#parts = parts;
  }

  /** All that there are. */
  get kinds(): readonly string[] {
    return Object.keys(this.#parts.handlers);
  }

  /** Jobs of these kinds that are due by this node's clock, at most a hundred. Rejects as the database does. */
  due(kinds: readonly string[]): Promise<{ due: FoundJob[]; nextAt: number | null }> {
    return this.#parts.database.read('jobs.due', { kinds, now: this.#parts.clock.now() });
  }

  /**
   * Takes a job that has to leave the database; `undefined` when somebody else did. It may be taken from its holder by
   * whoever is sure that they are gone. Rejects as the database does.
   */
  async lease(job: FoundJob): Promise<FoundJob | undefined> {
    const { database, newId } = this.#parts;
    const lease = newId();
    const taken = await database.write<boolean>('jobs.lease', { job, lease }, job.lane);
    return taken ? { ...job, lease, attempts: job.attempts + 1 } : undefined;
  }

  /** Does a job, or ends it with what came of it outside. Whether it was this call that did. Never rejects. */
  async finish(job: FoundJob, outcome?: unknown): Promise<boolean> {
    const { clock, database } = this.#parts;
    const input: FinishInput = { job, outcome: outcome ?? this.#online(job), now: clock.now(), ids: this.#ids(job) };
    try {
      return this.#told(await database.write<JobOutput>('jobs.finish', input, job.lane));
    } catch (error) {
      await this.failed(job, error);
      return false;
    }
  }

  /** Notes that a job could not be done: it is put off, or given up where trying again has no sense. Never rejects. */
  async failed(job: FoundJob, error: unknown): Promise<void> {
    const { clock, database, report } = this.#parts;
    const refusal = refusalOf(error);
    // Nobody's fault: it stays due.
    if (refusal?.code === 'storage-unavailable') return;
    const { kind, subject } = job;
    if (!refusal) report('error', 'a job failed', { kind, subject, attempts: job.attempts, error });
    const code: ErrorCode = refusal?.code ?? 'internal';
    const final = refusal?.toWire().retry === 'never';
    const input: FailedInput = { job, code, final, now: clock.now(), ids: this.#ids(job) };
    try {
      const gaveUp = this.#told(await database.write<JobOutput>('jobs.failed', input, job.lane));
      if (gaveUp && !refusal) report('error', 'a job was given up', { kind, subject });
    } catch (thrown) {
      report('warn', 'a failed job could not be put off', { kind, subject, error: thrown });
    }
  }

  #online({ kind }: FoundJob): unknown {
    const { handlers, presence } = this.#parts;
    return handlers[kind]?.asksWhoIsOnline ? presence.online(bounds.onlinePeople) : null;
  }

  #ids({ kind }: FoundJob): string[] {
    const { handlers, newId } = this.#parts;
    return Array.from({ length: handlers[kind]?.ids ?? 0 }, newId);
  }

  /** Publishes before anything else happens, which keeps the order of commits. */
  #told({ done, effects, wakeAt }: JobOutput): boolean {
    const { publish, onScheduled } = this.#parts;
    if (effects.events.length + effects.ephemerals.length + effects.revocations.length > 0) publish(effects);
    if (wakeAt !== undefined) onScheduled(wakeAt);
    return done;
  }
}
