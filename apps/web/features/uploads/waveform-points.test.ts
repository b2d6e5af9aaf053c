import { expect, test } from 'vitest';
import { pointsOf, waveformOf } from './waveform-points.ts';

test('each point is the loudest of its step, and the loudest of all is 100', async () => {
  const samples = new Float32Array([0, 0.1, -0.5, 0.2, 0, 0, 0.25, -0.25]);
  expect(await waveformOf(samples, 4)).toEqual([20, 100, 0, 50]);
});

test('there are no more points than samples, and one of nothing', async () => {
  expect(await waveformOf(new Float32Array([0.5, 0.25]), 100)).toEqual([100, 50]);
  expect(await waveformOf(new Float32Array(), 100)).toEqual([0]);
});

test('silence with a little noise stays flat', async () => {
  const waveform = await waveformOf(new Float32Array(1_000).fill(0.001), 10);
  expect(waveform).toHaveLength(10);
  expect(Math.max(...waveform)).toBeLessThanOrEqual(5);
});

test('a long sound is read in turns', async () => {
  let turns = 0;
  const turn = () => {
    turns += 1;
    return Promise.resolve();
  };
  const waveform = await waveformOf(new Float32Array(2_000_000), 100, turn);
  expect(waveform).toHaveLength(100);
  expect(turns).toBe(5);
});

test('levels that were heard are put together, however many there are', () => {
  expect(pointsOf([0.1, 0.2, 0.4, 0.3], 2)).toEqual([50, 100]);
  expect(pointsOf([0.2], 100)).toEqual([100]);
  expect(pointsOf([], 100)).toEqual([0]);
  expect(
    pointsOf(
      Array.from({ length: 9_000 }, () => 0.5),
      100,
    ),
  ).toHaveLength(100);
});
