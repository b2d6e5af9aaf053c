import { FakeTime } from '@confab/engine/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryJobs } from '../testing/memory-jobs.ts';
import { JobRunner, type OutsideWork } from './job-runner.ts';
import { jobLimits } from './limits.ts';

const threeDaysMs = 3 * 24 * 3_600_000;

let jobs: MemoryJobs;
let time: FakeTime;
beforeEach(() => {
  jobs = new MemoryJobs();
  time = new FakeTime();
});

/** A node on the same database; `aheadMs`: by how much its clock is ahead. */
function node(outside: OutsideWork = {}, aheadMs = 0): JobRunner {
  const clock = { now: () => time.clock.now() + aheadMs, monotonic: () => time.clock.monotonic() };
  const report = () => undefined;
  const runner = new JobRunner({ jobs: jobs.seenBy(clock), outside, clock, timers: time.timers, report });
  runner.start();
  return runner;
}

const subjects = () => jobs.done.map(([subject]) => subject).sort();
const never = () => new Promise<never>(() => undefined);

describe('a node', () => {
  it('does what is due when it starts, and the rest at its time', async () => {
    jobs.schedule('before', time.nowMs - 1);
    jobs.schedule('later', time.nowMs + 3_000);
    node();
    await time.settle();
    expect(subjects()).toEqual(['before']);
    await time.advance(2_999);
    expect(subjects()).toEqual(['before']);
    await time.advance(1);
    expect(subjects()).toEqual(['before', 'later']);
  });

  it('is woken by what is scheduled for earlier than it would look', async () => {
    const runner = node();
    await time.settle();
    jobs.schedule('soon', time.nowMs + 10);
    runner.wake(time.nowMs + 10);
    await time.advance(10);
    expect(subjects()).toEqual(['soon']);
  });

  it('finds what others scheduled, whatever its clock is set to meanwhile', async () => {
    node();
    await time.settle();
    jobs.schedule('of another', time.nowMs);
    time.nowMs += threeDaysMs;
    await time.advance(jobLimits.pollMs);
    expect(subjects()).toEqual(['of another']);
    time.nowMs -= threeDaysMs;
    jobs.schedule('after the clock went back', time.nowMs);
    await time.advance(jobLimits.pollMs);
    expect(subjects()).toHaveLength(2);
  });

  it('gives the outcome of what it does outside the database to the job', async () => {
    jobs.schedule('a', time.nowMs, 'outside');
    node({ outside: async ({ subject }) => `answer to ${subject}` });
    await time.settle();
    expect(jobs.done).toEqual([['a', 'answer to a']]);
  });

  it('does a bounded number outside at the same time, and the others when there is room', async () => {
    const ends: (() => void)[] = [];
    for (let index = 0; index < jobLimits.outsideAtOnce + 5; index += 1)
      jobs.schedule(`${index}`, time.nowMs, 'outside');
    node({ outside: () => new Promise<void>((resolve) => ends.push(resolve)) });
    await time.settle();
    expect(ends).toHaveLength(jobLimits.outsideAtOnce);
    for (const end of ends) end();
    await time.advance(1);
    expect(ends).toHaveLength(jobLimits.outsideAtOnce + 5);
  });

  it('breaks off what takes too long, and it is tried again', async () => {
    jobs.schedule('slow', time.nowMs, 'outside');
    let tries = 0;
    const outside: OutsideWork[string] = (_, signal) => {
      tries += 1;
      return tries > 1
        ? Promise.resolve('done')
        : new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    node({ outside });
    await time.advance(jobLimits.workMs);
    expect(jobs.failures).toEqual(['Error: It took too long.']);
    await time.advance(jobLimits.pollMs);
    expect(jobs.done).toEqual([['slow', 'done']]);
  });

  it('that stops takes nothing more and waits for what it does', async () => {
    jobs.schedule('under way', time.nowMs, 'outside');
    const aborted = Promise.withResolvers<void>();
    const runner = node({
      outside: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => aborted.promise.then(() => reject(new Error('broken off'))));
        }),
    });
    await time.settle();
    let stopped = false;
    const stop = runner.stop().then(() => {
      stopped = true;
    });
    await time.settle();
    expect(stopped).toBe(false);
    aborted.resolve();
    await stop;
    jobs.schedule('more', time.nowMs);
    await time.advance(60_000);
    expect(subjects()).toEqual([]);
    expect(time.waitingCount).toBe(0);
  });
});

describe('two nodes', () => {
  it('do each job once, though their clocks are three days apart', async () => {
    const expected: string[] = [];
    for (let index = 0; index < 50; index += 1) {
      jobs.schedule(`${index}`.padStart(2, '0'), time.nowMs - threeDaysMs, index % 2 ? 'inside' : 'outside');
      expected.push(`${index}`.padStart(2, '0'));
    }
    node({ outside: async () => 'one' });
    node({ outside: async () => 'other' }, -threeDaysMs);
    await time.advance(60_000);
    expect(subjects()).toEqual(expected);
  });

  it.each([0, threeDaysMs, -threeDaysMs])(
    'take over from one that is gone after a minute, with clocks %i ms apart, and not before',
    async (apartMs) => {
      jobs.schedule('left', time.nowMs - threeDaysMs, 'outside');
      node({ outside: never }, apartMs);
      await time.settle();
      node({ outside: async () => 'taken over' });
      await time.advance(jobLimits.leaseMs - 1);
      expect(jobs.done).toEqual([]);
      await time.advance(jobLimits.pollMs + 1);
      expect(jobs.done).toEqual([['left', 'taken over']]);
    },
  );
});
