import { Refusal } from '@confab/protocol';
import { Rollback, type Scripts, type Step, sql } from '@confab/storage';
import { openSqliteInline } from '@confab/storage/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consequences } from '../consequences.ts';
import { messageParts } from '../message-parts.ts';
import { migrations } from '../migrations.ts';
import { Transaction } from '../transaction.ts';
import type { JobHandler } from './job.ts';
import { jobBounds } from './job-bounds.ts';
import { JobDesk } from './job-desk.ts';
import { jobScripts } from './job-scripts.ts';
import { scheduleJob } from './job-store.ts';

/** What the handlers below did, in the database. */
const note = (text: string): Step<number> =>
  sql.run('INSERT INTO instance_secrets (name, value) VALUES (?, ?)', text, '');

let broken = false;
const handlers: Record<string, JobHandler<never>> = {
  note: {
    *run(_tx, { subject }, outcome) {
      yield* note(`did ${subject}${outcome === null ? '' : ` with ${outcome}`}`);
      if (broken) throw new Error('a bug');
    },
    *gaveUp(_tx, { subject }, code) {
      yield* note(`gave up ${subject}: ${code}`);
    },
  },
  refused: {
    *run(_tx, { subject }) {
      yield* note(`did ${subject}`);
      throw new Refusal('room-archived');
    },
    *gaveUp(_tx, { subject }, code) {
      yield* note(`gave up ${subject}: ${code}`);
    },
  },
};

const begin = (now: number, ids: readonly string[]) => new Transaction(now, ids, consequences, messageParts);
const scripts: Scripts = {
  ...jobScripts(handlers, begin, (error) =>
    error instanceof Refusal ? new Rollback({ code: error.code, details: error.details }) : error,
  ),
  *schedule(job: { kind: string; subject: string; dueAt: number }) {
    const tx = begin(0, []);
    yield* scheduleJob(tx, { ...job, lane: 'lane', data: null } as never);
    return tx.firstWake;
  },
  *notes() {
    return yield* sql.all('SELECT name FROM instance_secrets ORDER BY name');
  },
};

type Opened = Awaited<ReturnType<typeof openSqliteInline>>;
let database: Opened;
let nowMs: number;
let desk: JobDesk;
let reports: string[];
beforeEach(async () => {
  database = await openSqliteInline({ file: ':memory:', scripts, migrations });
  nowMs = 1_000_000;
  broken = false;
  reports = [];
  let ids = 0;
  desk = new JobDesk({
    database,
    publish: () => undefined,
    clock: { now: () => nowMs },
    newId: () => `id-${++ids}`,
    presence: { statesOf: () => [], online: () => [] },
    report: (_, what) => void reports.push(what),
    onScheduled: () => undefined,
    handlers,
  });
});
afterEach(() => database.close());

const schedule = (subject: string, dueAt: number, kind = 'note') =>
  database.write('schedule', { kind, subject, dueAt });
const notes = async () => (await database.read<{ name: string }[]>('notes', null)).map(({ name }) => name);
const due = async () => (await desk.due(desk.kinds)).due;
const first = async () => {
  const [job] = await due();
  if (!job) throw new Error('Nothing is due.');
  return job;
};

describe('a job', () => {
  it('is due at its time, and the next one is known', async () => {
    await schedule('b', nowMs + 500);
    await schedule('a', nowMs);
    expect(await desk.due(desk.kinds)).toMatchObject({ due: [{ subject: 'a' }], nextAt: nowMs + 500 });
    nowMs += 500;
    expect((await due()).map(({ subject }) => subject)).toEqual(['a', 'b']);
  });

  it('is done once, however many try', async () => {
    await schedule('a', nowMs);
    const job = await first();
    expect(await Promise.all([desk.finish(job), desk.finish(job), desk.finish(job)])).toEqual([true, false, false]);
    expect(await notes()).toEqual(['did a']);
    expect(await due()).toEqual([]);
  });

  it('that was put off meanwhile is not done before its new time', async () => {
    await schedule('a', nowMs);
    const job = await first();
    await schedule('a', nowMs + 1_000);
    expect(await desk.finish(job)).toBe(false);
    nowMs += 1_000;
    expect(await desk.finish(await first())).toBe(true);
    expect(await notes()).toEqual(['did a']);
  });

  it('that fails is undone wholly, and tried again after a pause that doubles, until it is given up', async () => {
    broken = true;
    await schedule('a', nowMs);
    const pauses: number[] = [];
    for (let times = 0; times < jobBounds.attempts; times += 1) {
      expect(await desk.finish(await first())).toBe(false);
      const { nextAt } = await desk.due(desk.kinds);
      if (nextAt === null) break;
      pauses.push(nextAt - nowMs);
      nowMs = nextAt;
    }
    expect(pauses).toHaveLength(jobBounds.attempts - 1);
    expect(pauses.slice(0, 3)).toEqual([1_000, 2_000, 4_000]);
    expect(pauses.at(-1)).toBe(jobBounds.longestPauseMs);
    expect(await notes()).toEqual(['gave up a: internal']);
    expect(reports).toContain('a job was given up');
  });

  it('that is refused is given up at once, with the reason', async () => {
    await schedule('a', nowMs, 'refused');
    await desk.finish(await first());
    expect(await notes()).toEqual(['gave up a: room-archived']);
    expect(await due()).toEqual([]);
    expect(reports).toEqual([]);
  });

  it('that leaves the database is leased by one, stands behind those that nobody does, and ends with what came of it', async () => {
    await schedule('a', nowMs);
    const job = await first();
    const [held, none] = await Promise.all([desk.lease(job), desk.lease(job)]);
    if (!held) throw new Error('Nobody got it.');
    expect(none).toBeUndefined();
    await schedule('b', nowMs);
    expect((await due()).map(({ subject, lease }) => [subject, lease !== ''])).toEqual([
      ['b', false],
      ['a', true],
    ]);
    expect(await desk.finish(held, 'an answer')).toBe(true);
    expect(await notes()).toEqual(['did a with an answer']);
  });

  it('whose holder is gone is taken over, and what the first one brings then counts no more', async () => {
    await schedule('a', nowMs);
    const held = await desk.lease(await first());
    const taken = await desk.lease(await first());
    if (!held || !taken) throw new Error('Nobody got it.');
    expect(await desk.finish(held, 'too late')).toBe(false);
    expect(await desk.finish(taken, 'in time')).toBe(true);
    expect(await notes()).toEqual(['did a with in time']);
  });

  it('that ends the node which does it again and again is given up', async () => {
    await schedule('a', nowMs);
    for (let times = 0; times < jobBounds.attempts; times += 1) {
      await desk.lease(await first());
    }
    const held = await desk.lease(await first());
    if (!held) throw new Error('Nobody got it.');
    await desk.failed(held, new Error('no answer'));
    expect(await notes()).toEqual(['gave up a: internal']);
  });

  it('stays due when the database does not answer', async () => {
    await schedule('a', nowMs);
    const job = await first();
    await desk.failed(job, new Refusal('storage-unavailable', { retryAfterMs: 1 }));
    expect(await first()).toEqual(job);
  });
});
