import { FakeTime } from '@confab/engine/testing';
import { describe, expect, it } from 'vitest';
import { mediaLimits } from './limits.ts';
import { MediaChild } from './media-child.ts';
import type { AskedTask, FromChild } from './media-tasks.ts';
import type { MediaProgram } from './spawn-media.ts';

/** A process that does what a test says. */
class FakeProgram implements MediaProgram {
  readonly pid = 1;
  readonly asked: AskedTask[] = [];
  readonly #ready = Promise.withResolvers<boolean>();
  readonly #gone = Promise.withResolvers<void>();
  readonly ready = this.#ready.promise;
  readonly gone = this.#gone.promise;
  isHeld = true;
  hasEnded = false;
  bytes = 0;
  #listener: ((message: FromChild) => void) | undefined;

  constructor(isReady = true) {
    this.#ready.resolve(isReady);
  }

  resident = (): Promise<number> => Promise.resolve(this.bytes);

  hear(listener: (message: FromChild) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = undefined;
    };
  }

  say = (message: FromChild): void => this.#listener?.(message);
  send = (task: AskedTask): void => void this.asked.push(task);

  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
  }

  kill(): void {
    this.hasEnded = true;
    this.#gone.resolve();
  }
}

const subject = { path: '/a', kind: 'picture', type: 'image/png', name: 'a.png' } as const;
const empty = { details: {}, previews: [] };

function setUp(limits: Partial<typeof mediaLimits | Record<string, number>> = {}, isReady = true) {
  const time = new FakeTime();
  const programs: FakeProgram[] = [];
  const start = () => {
    const program = new FakeProgram(isReady);
    programs.push(program);
    return Promise.resolve(program);
  };
  const child = new MediaChild({ timers: time.timers, limits: { ...mediaLimits, ...limits }, start });
  const look = (timeMs = 1_000) => child.ask('look', subject, timeMs).catch((error: unknown) => error);
  return { time, programs, child, look };
}

describe('a process of files', () => {
  it('starts when there is something to do, and does it', async () => {
    const { time, programs, look } = setUp();
    await time.settle();
    expect(programs).toHaveLength(0);
    const looking = look();
    await time.settle();
    expect(programs[0]?.asked).toEqual([{ what: 'look', ...subject }]);
    programs[0]?.say({ answer: empty });
    expect(await looking).toEqual(empty);
  });

  it('does one thing after the other', async () => {
    const { time, programs, look } = setUp();
    const both = [look(), look()];
    await time.settle();
    expect(programs[0]?.asked).toHaveLength(1);
    programs[0]?.say({ answer: 1 });
    await time.settle();
    expect(programs[0]?.asked).toHaveLength(2);
    programs[0]?.say({ answer: 2 });
    expect(await Promise.all(both)).toEqual([1, 2]);
    expect(programs).toHaveLength(1);
  });

  it('is ended when a task takes too long, and the next begins in another', async () => {
    const { time, programs, look } = setUp();
    const both = [look(), look()];
    await time.advance(999);
    expect(programs[0]?.hasEnded).toBe(false);
    await time.advance(1);
    expect(programs[0]?.hasEnded).toBe(true);
    expect(await both[0]).toMatchObject({ why: 'time' });
    programs[1]?.say({ answer: empty });
    expect(await both[1]).toEqual(empty);
  });

  it('is ended when a task takes too much memory', async () => {
    const { time, programs, look } = setUp();
    const looking = look(100_000);
    await time.settle();
    const [program] = programs;
    if (program) program.bytes = mediaLimits.residentBytes;
    await time.advance(10 * mediaLimits.residentCheckMs);
    expect(program?.hasEnded).toBe(false);
    if (program) program.bytes++;
    await time.advance(mediaLimits.residentCheckMs);
    expect(program?.hasEnded).toBe(true);
    expect(await looking).toMatchObject({ why: 'memory' });
  });

  it('that dies fails its task alone', async () => {
    const { time, programs, look } = setUp();
    const both = [look(), look()];
    await time.settle();
    programs[0]?.kill();
    expect(await both[0]).toMatchObject({ why: 'died' });
    await time.settle();
    programs[1]?.say({ answer: empty });
    expect(await both[1]).toEqual(empty);
  });

  it('goes on after a bug', async () => {
    const { time, programs, look } = setUp();
    const both = [look(), look()];
    await time.settle();
    programs[0]?.say({ failed: 'Error: bug' });
    expect(await both[0]).toMatchObject({ why: 'failed' });
    await time.settle();
    programs[0]?.say({ answer: empty });
    expect(await both[1]).toEqual(empty);
  });

  it('keeps nobody waiting while it has nothing to do, and ends after a while', async () => {
    const { time, programs, look } = setUp();
    const looking = look();
    await time.settle();
    expect(programs[0]?.isHeld).toBe(true);
    programs[0]?.say({ answer: empty });
    await looking;
    await time.settle();
    expect(programs[0]?.isHeld).toBe(false);
    await time.advance(mediaLimits.idleMs - 1);
    expect(programs[0]?.hasEnded).toBe(false);
    await time.advance(1);
    expect(programs[0]?.hasEnded).toBe(true);
    expect(time.waitingCount).toBe(0);
  });

  it('makes way for another when it has become large', async () => {
    const { time, programs, look } = setUp();
    for (const bytes of [mediaLimits.restingBytes, mediaLimits.restingBytes + 1]) {
      const looking = look();
      await time.settle();
      const [program] = programs;
      if (program) program.bytes = bytes;
      program?.say({ answer: empty });
      await looking;
      expect(program?.hasEnded).toBe(bytes > mediaLimits.restingBytes);
    }
  });

  it('makes way for another after many tasks', async () => {
    const { time, programs, look } = setUp({ tasksPerChild: 2 });
    for (let count = 0; count < 3; count++) {
      const looking = look();
      await time.settle();
      programs.at(-1)?.say({ answer: count });
      expect(await looking).toBe(count);
    }
    expect(programs.map(({ hasEnded }) => hasEnded)).toEqual([true, false]);
  });

  it('takes no more than can wait', async () => {
    const { time, programs, look } = setUp({ queuedTasks: 2 });
    const two = [look(), look()];
    expect(await look()).toMatchObject({ code: 'overloaded' });
    for (const _ of two) {
      await time.settle();
      programs[0]?.say({ answer: empty });
    }
    await Promise.all(two);
    const again = look();
    await time.settle();
    programs[0]?.say({ answer: empty });
    expect(await again).toEqual(empty);
  });

  it('that cannot be started says nothing of the file', async () => {
    const { programs, look } = setUp({}, false);
    expect(await look()).toMatchObject({ code: 'overloaded' });
    expect(await look()).toMatchObject({ code: 'overloaded' });
    expect(programs).toHaveLength(2);
  });

  it('that is closed says nothing of the files that it had', async () => {
    const { time, programs, child, look } = setUp();
    const both = [look(), look()];
    await time.settle();
    await child.close();
    expect(programs[0]?.hasEnded).toBe(true);
    for (const each of [...both, look()]) expect(await each).toMatchObject({ code: 'overloaded' });
    expect(programs).toHaveLength(1);
    expect(time.waitingCount).toBe(0);
  });

  it('that is closed while it starts does not stay', async () => {
    const { timers } = new FakeTime();
    const started = Promise.withResolvers<MediaProgram>();
    const start = () => started.promise;
    const child = new MediaChild({ timers, limits: mediaLimits, start });
    const looking = child.ask('look', subject, 1_000).catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));
    const closing = child.close();
    const program = new FakeProgram();
    setImmediate(() => started.resolve(program));
    await closing;
    expect(program.hasEnded).toBe(true);
    expect(await looking).toMatchObject({ code: 'overloaded' });
  });
});
