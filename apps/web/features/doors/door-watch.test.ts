import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepTrying, type WatchState } from './door-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function listening() {
  const states: WatchState[] = [];
  return { states, state: (state: WatchState) => states.push(state), asked() {}, received() {}, message() {} };
}

test('a door that never opens is said to be unavailable at the third attempt, and is still tried', async () => {
  const listener = listening();
  const connect = vi.fn(() => Promise.reject(new Error('404')));
  const stop = keepTrying(listener, connect);
  await vi.advanceTimersByTimeAsync(2_500);
  expect(listener.states).toEqual(['connecting', 'waiting', 'connecting', 'waiting', 'connecting', 'failed']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(connect).toHaveBeenCalledTimes(4);
  expect(listener.states.at(-1)).toBe('failed');
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(connect).toHaveBeenCalledTimes(4);
});

test('a door that was open is waited for as long as it opens again and again', async () => {
  const listener = listening();
  const stop = keepTrying(listener, async (_signal, opened) => opened());
  await vi.advanceTimersByTimeAsync(4_500);
  stop();
  expect(listener.states.filter((state) => state === 'open')).toHaveLength(5);
  expect(listener.states).not.toContain('failed');
});

test('a door that was unavailable is open once it answers', async () => {
  const listener = listening();
  let answers = false;
  const stop = keepTrying(listener, async (_signal, opened) => {
    if (!answers) throw new Error('404');
    opened();
    await new Promise<void>(() => {});
  });
  await vi.advanceTimersByTimeAsync(2_500);
  answers = true;
  await vi.advanceTimersByTimeAsync(10_000);
  stop();
  expect(listener.states.slice(-2)).toEqual(['failed', 'open']);
});
