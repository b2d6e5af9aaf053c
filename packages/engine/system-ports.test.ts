import { describe, expect, it } from 'vitest';
import { systemPorts } from './system-ports.ts';

const { clock, timers, random } = systemPorts();

describe('the system’s ports', () => {
  it('end a turn after its promises and before the next', async () => {
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      timers.endOfTick(() => {
        order.push('end');
        resolve();
      });
      void Promise.resolve().then(() => order.push('promise'));
      order.push('turn');
    });
    expect(order).toEqual(['turn', 'promise', 'end']);
  });

  it('call a task once its time has come, unless it was cancelled', async () => {
    let cancelledRan = false;
    const cancel = timers.after(0, () => {
      cancelledRan = true;
    });
    cancel();
    await new Promise<void>((resolve) => {
      timers.after(1, resolve);
    });
    expect(cancelledRan).toBe(false);
  });

  it('give bytes, fractions and times of their units', () => {
    expect(random.bytes(16)).toHaveLength(16);
    expect(random.fraction()).toBeLessThan(1);
    expect(clock.now()).toBeGreaterThan(1_700_000_000_000);
    expect(clock.monotonic()).toBeLessThanOrEqual(clock.monotonic());
  });
});
