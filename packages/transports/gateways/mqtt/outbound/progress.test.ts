import type { LogId } from '@confab/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Progress } from './progress.ts';

const log: LogId = 'room:1';

describe('the position of a log', () => {
  test('is what everything up to it was acknowledged, in whatever order that came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        (copies, random) => {
          const progress = new Progress(() => {});
          progress.begin(log, { epoch: 1, seq: 10 });
          const steps = copies.map((count, index) => progress.take(log, 1, 11 + index, count));
          const open = steps.flatMap((step) => Array.from({ length: step.left }, () => step));
          while (open.length > 0) {
            const [step] = open.splice((random.next().value ?? 0) % open.length, 1);
            if (step) progress.settle(step);
            const first = steps.find(({ left }) => left > 0);
            expect(progress.positions().get(log)?.seq).toBe(first === undefined ? 10 + copies.length : first.seq - 1);
          }
          expect(progress.settledAhead).toBe(0);
        },
      ),
    );
  });

  test('moves over what nothing is told of', () => {
    const progress = new Progress(() => {});
    progress.begin(log, { epoch: 1, seq: 0 });
    progress.take(log, 1, 1, 0);
    expect(progress.positions()).toEqual(new Map([[log, { epoch: 1, seq: 1 }]]));
  });

  test('begins anew with another history', () => {
    const progress = new Progress(() => {});
    progress.begin(log, { epoch: 1, seq: 5 });
    const old = progress.take(log, 1, 6, 1);
    progress.take(log, 2, 1, 0);
    expect(progress.settle(old)).toBe(true);
    expect(progress.positions().get(log)).toEqual({ epoch: 2, seq: 1 });
  });
});
