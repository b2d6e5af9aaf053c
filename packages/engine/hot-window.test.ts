import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HotWindow, type KeptEvent } from './hot-window.ts';
import { HotWindows } from './hot-windows.ts';
import { engineLimits } from './limits.ts';
import { ListenedLog } from './listened-log.ts';
import { testLog } from './testing/test-engine.ts';

const event = (seq: number, chars = 10): KeptEvent => ({ text: 'x'.repeat(chars), seq, notice: false });
const seqs = (events: readonly KeptEvent[]) => events.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a hot window', () => {
  it('holds the last events, and says exactly which ranges it covers', () => {
    const counts = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 8 }), fc.nat(40), fc.nat(40), (count, max, after, upTo) => {
        const window = new HotWindow();
        for (let seq = 1; seq <= count; seq += 1) window.push(event(seq), max);
        const held = range(Math.max(1, count - max + 1), count);
        const asked = upTo > after ? range(after + 1, upTo) : [];
        expect(window.covers(after, upTo)).toBe(asked.every((seq) => held.includes(seq)));
        if (window.covers(after, upTo)) expect(seqs(window.slice(after, upTo, 100))).toEqual(asked);
        expect(window.length).toBe(held.length);
      }),
    );
  });

  it('begins anew after a gap', () => {
    const window = new HotWindow();
    window.push(event(1), 10);
    window.push(event(3), 10);
    expect([window.first, window.last]).toEqual([3, 3]);
    expect(window.bytes).toBe(220);
  });

  it('takes older events only where they fit without a gap', () => {
    const window = new HotWindow();
    window.push(event(5), 10);
    window.fill([event(2), event(3)]);
    expect(window.first).toBe(5);
    window.fill([event(3), event(4)]);
    expect(seqs(window.slice(2, 5, 10))).toEqual([3, 4, 5]);
    window.fill([]);
    expect(window.bytes).toBe(660);
  });

  it('counts its bytes down again', () => {
    const window = new HotWindow();
    for (let seq = 1; seq <= 100; seq += 1) window.push(event(seq), 3);
    expect(window.bytes).toBe(3 * 220);
    window.clear();
    expect([window.bytes, window.length, window.first]).toEqual([0, 0, undefined]);
  });
});

describe('the hot windows together', () => {
  it('stay within their bytes; the least recently used is emptied first', () => {
    const logs = new Map<string, ListenedLog>();
    const windows = new HotWindows({ ...engineLimits, hotWindowBytes: 25_000 }, logs);
    const [first, second, third] = [1, 2, 3].map((number) => {
      const log = new ListenedLog(testLog(number), () => {});
      logs.set(log.id, log);
      return log;
    }) as [ListenedLog, ListenedLog, ListenedLog];
    for (const log of [first, second]) for (let seq = 1; seq <= 10; seq += 1) windows.push(log, event(seq, 400));
    windows.used(first);
    for (let seq = 1; seq <= 10; seq += 1) windows.push(third, event(seq, 400));
    expect([first, second, third].map(({ window }) => window.length)).toEqual([10, 0, 10]);
    expect(windows.bytes).toBe(20_000);
    windows.clear(first);
    expect(windows.bytes).toBe(10_000);
  });
});
