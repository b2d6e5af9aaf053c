import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Timers } from './ports.ts';
import { FakeTime } from './testing/fake-time.ts';
import { TimerWheel, WheelEntry } from './timer-wheel.ts';

class Alarm extends WheelEntry {
  readonly rang: number[] = [];
  onRing: () => void = () => {};

  onDue(nowMs: number): void {
    this.rang.push(nowMs);
    this.onRing();
  }
}

function createWheel() {
  const time = new FakeTime();
  return { time, wheel: new TimerWheel(time.clock, time.timers) };
}

describe('the timer wheel', () => {
  it('calls each entry once, not before its time and at most a tick after it, however far away', async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(delays, async (all) => {
        const { time, wheel } = createWheel();
        const alarms = all.map((delayMs) => {
          const alarm = new Alarm();
          wheel.schedule(alarm, delayMs);
          return { alarm, delayMs };
        });
        await time.advance(201_000);
        for (const { alarm, delayMs } of alarms) {
          expect(alarm.rang).toHaveLength(1);
          expect((alarm.rang[0] ?? 0) - delayMs).toBeGreaterThanOrEqual(0);
          expect((alarm.rang[0] ?? 0) - delayMs).toBeLessThanOrEqual(500);
        }
      }),
      { numRuns: 10 },
    );
  }, 180_000);

  it('forgets what was cancelled, and moves what is scheduled again', async () => {
    const { time, wheel } = createWheel();
    const [cancelled, moved] = [new Alarm(), new Alarm()];
    wheel.schedule(cancelled, 1_000);
    wheel.schedule(moved, 1_000);
    wheel.schedule(moved, 3_000);
    wheel.cancel(cancelled);
    wheel.cancel(cancelled);
    await time.advance(2_500);
    expect(moved.rang).toEqual([]);
    await time.advance(1_000);
    expect(moved.rang).toHaveLength(1);
    expect(cancelled.rang).toEqual([]);
  });

  it('lets an entry schedule itself, cancel its neighbour, and add others to the slot that is being run', async () => {
    const { time, wheel } = createWheel();
    const [first, second, added] = [new Alarm(), new Alarm(), new Alarm()];
    const cancelOther = (mine: Alarm, other: Alarm) => () => {
      wheel.cancel(other);
      wheel.schedule(mine, 1_000);
      wheel.schedule(added, 0);
    };
    first.onRing = cancelOther(first, second);
    second.onRing = cancelOther(second, first);
    wheel.schedule(first, 1_000);
    wheel.schedule(second, 1_000);
    await time.advance(5_600);
    expect([first.rang.length, second.rang.length].sort()).toEqual([0, 5]);
    expect(added.rang.length).toBeGreaterThanOrEqual(4);
  });

  it('rests while nothing waits', async () => {
    const { time, wheel } = createWheel();
    wheel.schedule(new Alarm(), 100);
    await time.advance(1_000);
    const timers = time.waitingCount;
    expect(timers).toBe(0);
    wheel.schedule(new Alarm(), 100);
    expect(time.waitingCount).toBe(1);
  });

  it('catches up after the machine was asleep for longer than a turn', () => {
    let nowMs = 0;
    let turn = (): void => {};
    const timers: Timers = {
      after(_, task) {
        turn = task;
        return () => {};
      },
      endOfTick() {},
    };
    const wheel = new TimerWheel({ now: () => nowMs, monotonic: () => nowMs }, timers);
    const alarms = [1_000, 30_000, 63_000, 100_000].map((delayMs) => {
      const alarm = new Alarm();
      wheel.schedule(alarm, delayMs);
      return alarm;
    });
    nowMs = 90_000;
    turn();
    expect(alarms.map(({ rang }) => rang.length)).toEqual([1, 1, 1, 0]);
    nowMs = 100_000;
    turn();
    expect(alarms.map(({ rang }) => rang.length)).toEqual([1, 1, 1, 1]);
  });
});
