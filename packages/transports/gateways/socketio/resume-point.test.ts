import type { LogId } from '@confab/protocol';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogPosition } from '../../session/index.ts';
import { Progress } from './progress.ts';
import { nextGeneration, readResumePoint, writeOffset, writePid } from './resume-point.ts';

const log = (number: number): LogId => `room:00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const at = (seq: number, epoch = 1): LogPosition => ({ epoch, seq });

describe('where a client stands', () => {
  test.each<[string, [number, number][], [number, number][], [number, number][]]>([
    ['is what its pid says when it heard nothing', [[1, 5]], [], [[1, 5]]],
    [
      'is what has moved since, and the rest as it was',
      [
        [1, 5],
        [2, 7],
      ],
      [[1, 9]],
      [
        [1, 9],
        [2, 7],
      ],
    ],
    [
      'has what came later, too',
      [[1, 5]],
      [[3, 1]],
      [
        [1, 5],
        [3, 1],
      ],
    ],
  ])('%s', (_, baseline, moved, expected) => {
    const map = (entries: [number, number][]) => new Map(entries.map(([number, seq]) => [log(number), at(seq)]));
    const point = readResumePoint(writePid(3, map(baseline)), writeOffset(3, map(moved), 10));
    expect(point?.from).toEqual(map(expected));
    expect(point?.generation).toBe(3);
  });

  test('does not have the rooms that it left', () => {
    const progress = new Progress(0, 10);
    progress.set(log(2), at(4));
    progress.leave(log(1));
    const pid = writePid(
      0,
      new Map([
        [log(1), at(5)],
        [log(2), at(1)],
      ]),
    );
    const point = readResumePoint(pid, progress.offset);
    expect(point?.from).toEqual(new Map([[log(2), at(4)]]));
    expect([...(point?.left ?? [])]).toEqual([log(1).slice(5)]);
  });

  test('is not told by an offset of before its pid', () => {
    const old = writeOffset(0, new Map([[log(9), at(9)]]), 10);
    expect(nextGeneration(old)).toBe(1);
    const pid = writePid(nextGeneration(old), new Map([[log(1), at(5)]]));
    expect(readResumePoint(pid, old)?.from).toEqual(new Map([[log(1), at(5)]]));
  });

  test.each(['', 'x', '0', '0.x', '.', '0.', '-1.AQ', '1e3.AQ', '99999999.AQ', '0.AQ=='])(
    'is not known from %j',
    (text) => {
      expect(readResumePoint(text, undefined)).toBeUndefined();
      expect(nextGeneration(text)).toBeGreaterThanOrEqual(0);
    },
  );

  test('is not known when too much has moved to tell', () => {
    const moved = new Map([1, 2, 3].map((number) => [log(number), at(1)]));
    const pid = writePid(0, moved);
    expect(readResumePoint(pid, writeOffset(0, moved, 3))).toBeDefined();
    expect(readResumePoint(pid, writeOffset(0, moved, 2))).toBeUndefined();
  });

  test('is read from any two texts without an error', () => {
    void fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (pid, offset) => {
        const point = readResumePoint(`0.${pid}`, offset);
        expect(point === undefined || point.from instanceof Map).toBe(true);
      }),
    );
  });
});

describe('progress', () => {
  test('writes the same offset whatever came first', () => {
    const [one, other] = [new Progress(0, 10), new Progress(0, 10)];
    for (const number of [1, 2, 3]) one.set(log(number), at(number));
    for (const number of [3, 1, 2]) other.set(log(number), at(number));
    expect(one.offset).toBe(other.offset);
    expect(one.isOnly(log(1))).toBe(false);
  });

  test('takes in, once, what is followed and neither pid nor offset tell of', () => {
    const named = new Map([[log(1), at(5)]]);
    const progress = new Progress(0, 10, new Map([[log(2), at(2)]]), named);
    const followed = [1, 2, 3].map((number) => [log(number), at(8)] as const);
    progress.complete(() => new Map(followed));
    progress.complete(() => new Map([[log(4), at(1)]]));
    expect(readResumePoint(writePid(0, named), progress.offset)?.moved).toEqual(
      new Map([
        [log(2), at(2)],
        [log(3), at(8)],
      ]),
    );
  });
});
