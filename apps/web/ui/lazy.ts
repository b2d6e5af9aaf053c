import { lazy as reactLazy } from 'react';

const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

/**
 * Like React's, but asks for a part that cannot be had just now until it is there: what was pressed opens late rather
 * than never, and the page around it stays.
 */
export const lazy: typeof reactLazy = (load) => reactLazy(() => untilLoaded(load));

/** Never rejects. The first failure is reported like any uncaught error. */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  let pauseMs = firstPauseMs;
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (pauseMs === firstPauseMs) reportError(error);
      await pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }
}

/** Ends sooner when the device has a network again. */
function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, forMs);
    addEventListener('online', end);
  });
}

/** A style sheet that did not come must not stand for one that is there already when it is asked for again. */
addEventListener('error', ({ target }) => target instanceof HTMLLinkElement && target.remove(), { capture: true });
