import { FakeTime } from '@confab/engine/testing';
import { describe, expect, it } from 'vitest';
import { busLimits } from '../limits.ts';
import { reporting } from '../testing/reported.ts';
import { type Link, LinkKeeper } from './link-keeper.ts';

interface TestLink extends Link {
  isDestroyed: boolean;
}

/** A link that a test opens, answers for and breaks. */
function setUp() {
  const time = new FakeTime();
  const { report, lines } = reporting();
  const state = {
    attempts: 0,
    answers: true,
    ends: 0,
    open: async (): Promise<void> => {},
    begin: async (): Promise<void> => {},
    links: [] as TestLink[],
    lost: (_why: unknown): void => {},
    signal: undefined as AbortSignal | undefined,
  };
  const keeper = new LinkKeeper<TestLink>({
    name: 'The other side',
    timers: time.timers,
    random: { bytes: (count) => new Uint8Array(count), fraction: () => 0.5 },
    report,
    limits: busLimits,
    async open(lost, signal) {
      state.attempts += 1;
      state.lost = lost;
      state.signal = signal;
      await state.open();
      const link: TestLink = {
        isDestroyed: false,
        ping: () => (state.answers ? Promise.resolve() : new Promise(() => {})),
        destroy() {
          link.isDestroyed = true;
        },
      };
      state.links.push(link);
      return link;
    },
    begin: () => state.begin(),
    end() {
      state.ends += 1;
    },
  });
  return { time, lines, state, keeper };
}

describe('a link that is kept', () => {
  it('stays while pings are answered', async () => {
    const { time, state, keeper, lines } = setUp();
    keeper.start();
    await time.settle();
    const link = keeper.current;
    await time.advance(60_000);
    expect(keeper.current).toBe(link);
    expect(state.attempts).toBe(1);
    expect(lines).toEqual([]);
  });

  it('is given up after two pings without an answer, and another is opened', async () => {
    const { time, state, keeper, lines } = setUp();
    keeper.start();
    await time.settle();
    state.answers = false;
    await time.advance(2_900);
    expect(keeper.current).toBeDefined();
    await time.advance(101);
    expect(keeper.current).toBeUndefined();
    expect(state.links[0]?.isDestroyed).toBe(true);
    state.answers = true;
    await time.advance(100);
    expect(keeper.current).toBe(state.links[1]);
    expect(lines).toEqual([
      'warn: The other side cannot be reached: other nodes hear of news more slowly until it is there again {"error":"it does not answer"}',
      'info: The other side is there again {}',
    ]);
  });

  it('is tried again with pauses up to a second, and says so once', async () => {
    const { time, state, keeper, lines } = setUp();
    state.open = () => Promise.reject(new Error('refused'));
    keeper.start();
    await time.advance(60_000);
    expect(state.attempts).toBeGreaterThan(50);
    expect(state.attempts).toBeLessThan(75);
    expect(lines).toHaveLength(1);
  });

  it('is given up when it does not open in time, and what opens too late is let go of', async () => {
    const { time, state, keeper } = setUp();
    const { promise, resolve } = Promise.withResolvers<void>();
    state.open = () => promise;
    keeper.start();
    await time.advance(busLimits.openMs);
    expect(state.signal?.aborted).toBe(true);
    resolve();
    await time.settle();
    expect(state.links[0]?.isDestroyed).toBe(true);
    expect(keeper.current).toBeUndefined();
    await time.advance(1_000);
    expect(keeper.current).toBe(state.links[1]);
  });

  it('does not count before it has begun, nor when it breaks meanwhile', async () => {
    const { time, state, keeper } = setUp();
    const { promise, resolve } = Promise.withResolvers<void>();
    state.begin = () => promise;
    keeper.start();
    await time.settle();
    expect(keeper.current).toBeUndefined();
    state.lost(new Error('cut'));
    resolve();
    await time.settle();
    expect(keeper.current).toBeUndefined();
    expect(state.links[0]?.isDestroyed).toBe(true);
    await time.advance(1_000);
    expect(keeper.current).toBe(state.links[1]);
  });

  it('is let go of once when it breaks in several ways', async () => {
    const { time, state, keeper } = setUp();
    keeper.start();
    await time.settle();
    for (let times = 0; times < 3; times++) state.lost(new Error('cut'));
    expect(state.ends).toBe(1);
    await time.advance(1_000);
    expect(state.attempts).toBe(2);
  });

  it('is not opened again after it was closed, whatever was under way', async () => {
    const { time, state, keeper, lines } = setUp();
    keeper.start();
    keeper.close();
    await time.advance(60_000);
    expect(state.attempts).toBe(1);
    expect(state.links[0]?.isDestroyed).toBe(true);
    expect(time.waitingCount).toBe(0);
    expect(lines).toEqual([]);
  });
});
