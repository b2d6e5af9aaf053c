import { randomBytes } from 'node:crypto';
import type { Clock, Random, Timers } from './ports.ts';

/** The machine's own clock, timers and randomness. */
export function systemPorts(): { clock: Clock; timers: Timers; random: Random } {
  return {
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    timers: {
      after(delayMs, task) {
        const timer = setTimeout(task, delayMs);
        timer.unref();
        return () => clearTimeout(timer);
      },
      // After the callbacks of all sockets that had something in this turn, before the next are asked.
      endOfTick(task) {
        setImmediate(task);
      },
    },
    random: {
      bytes: (count) => randomBytes(count),
      fraction: () => Math.random(),
    },
  };
}
