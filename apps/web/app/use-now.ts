import { useSyncExternalStore } from 'react';

/** How often what hangs on the time of day is looked at again. */
const everyMs = 30_000;

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of [...listeners]) each();
  }, everyMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

/** The time (Unix milliseconds), to the half minute: one clock for everything that runs out. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
