import { FakeTime } from '@confab/engine/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { processLimits } from './limits.ts';
import { type Child, Supervisor } from './supervisor.ts';

class FakeChild implements Child {
  readonly pid: number;
  readonly signals: string[] = [];
  ready: () => void = () => {};
  end: (how: { code: number | null; signal: string | null }) => void = () => {};

  constructor(pid: number) {
    this.pid = pid;
  }

  onReady(listener: () => void): void {
    this.ready = listener;
  }

  onEnded(listener: FakeChild['end']): void {
    this.end = listener;
  }

  kill(signal: string): void {
    this.signals.push(signal);
  }
}

const { firstPauseMs, longestPauseMs, steadyMs } = processLimits;
const died = { code: null, signal: 'SIGKILL' };
let time: FakeTime;
let children: FakeChild[];
let supervisor: Supervisor;
beforeEach(() => {
  time = new FakeTime();
  children = [];
  const spawn = () => {
    const child = new FakeChild(children.length);
    children.push(child);
    return child;
  };
  const { clock, timers } = time;
  supervisor = new Supervisor({ count: 3, spawn, clock, timers, report: () => {} });
});

async function startAll(): Promise<void> {
  const started = supervisor.start();
  for (let index = 0; index < 3; index += 1) {
    children[index]?.ready();
    await time.settle();
  }
  await started;
}

describe('several processes', () => {
  it('are started one after the other, each when the one before takes clients', async () => {
    const started = supervisor.start();
    expect(children).toHaveLength(1);
    await time.advance(60_000);
    expect(children).toHaveLength(1);
    children[0]?.ready();
    await time.settle();
    expect(children).toHaveLength(2);
    children[1]?.ready();
    await time.settle();
    children[2]?.ready();
    await started;
    expect(children).toHaveLength(3);
  });

  it('are given up when the first cannot start', async () => {
    const started = supervisor.start();
    children[0]?.end({ code: 1, signal: null });
    await expect(started).rejects.toThrow('The first process ended');
    await time.advance(longestPauseMs);
    expect(children).toHaveLength(1);
  });

  it('are started again when they end', async () => {
    await startAll();
    children[1]?.end(died);
    await time.advance(firstPauseMs - 1);
    expect(children).toHaveLength(3);
    await time.advance(1);
    expect(children).toHaveLength(4);
  });

  it('are waited for longer each time that they end soon, up to a bound', async () => {
    await startAll();
    const pauses: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const count = children.length;
      children.at(round === 0 ? 0 : -1)?.end(died);
      let waitedMs = 0;
      for (; children.length === count; waitedMs += firstPauseMs) await time.advance(firstPauseMs);
      pauses.push(waitedMs);
    }
    expect(pauses.slice(0, 4)).toEqual([1, 2, 4, 8].map((times) => times * firstPauseMs));
    expect(pauses.at(-1)).toBe(longestPauseMs);
  });

  it('are started again at once, nearly, when they had run for a while', async () => {
    await startAll();
    for (let round = 0; round < 5; round += 1) {
      children.at(round === 0 ? 2 : -1)?.end(died);
      await time.advance(firstPauseMs);
      children.at(-1)?.ready();
      await time.advance(steadyMs);
    }
    children.at(-1)?.end(died);
    const count = children.length;
    await time.advance(firstPauseMs);
    expect(children).toHaveLength(count + 1);
  });

  it('are all asked to end, and none is started any more', async () => {
    await startAll();
    children[0]?.end(died);
    let stopped = false;
    const stopping = supervisor.stop().then(() => {
      stopped = true;
    });
    expect(children.map(({ signals }) => signals)).toEqual([[], ['SIGTERM'], ['SIGTERM']]);
    children[1]?.end({ code: 0, signal: null });
    await time.settle();
    expect(stopped).toBe(false);
    children[2]?.end({ code: 0, signal: null });
    await stopping;
    await time.advance(longestPauseMs);
    expect(children).toHaveLength(3);
  });
});
