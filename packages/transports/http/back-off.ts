import { performance } from 'node:perf_hooks';

export interface BackOff {
  /** Milliseconds until the next poll when something has just happened, and at most. */
  readonly minMs: number;
  readonly maxMs: number;
}

/** Of the time that nothing has happened, the part after which to ask again. */
const idlePart = 0.1;
/** So that clients that began together do not go on together. */
const jitter = 0.2;
/** Busy part of the event loop from which on pollers are told to come less often, and how much at the worst. */
const busyFrom = 0.7;
const busiestFactor = 4;

/** How long a poller should wait: longer the longer nothing has happened, and longer on a busy node. */
export function pollAfterMs({ minMs, maxMs }: BackOff, idleMs: number, load: number, fraction: number): number {
  const restMs = Math.min(maxMs, Math.max(minMs, idleMs * idlePart));
  const excess = Math.max(0, Math.min(1, (load - busyFrom) / (1 - busyFrom)));
  const factor = (1 + excess * (busiestFactor - 1)) * (1 + (fraction - 0.5) * 2 * jitter);
  return Math.round(restMs * factor);
}

/** How busy this node's event loop has been lately, from 0 to 1; measured anew at most once a second. */
export function nodeLoad(): () => number {
  let last = performance.eventLoopUtilization();
  let measuredMs = performance.now();
  let load = 0;
  return () => {
    const nowMs = performance.now();
    if (nowMs - measuredMs < 1_000) return load;
    const now = performance.eventLoopUtilization();
    load = performance.eventLoopUtilization(now, last).utilization;
    last = now;
    measuredMs = nowMs;
    return load;
  };
}
