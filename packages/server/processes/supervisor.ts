import type { Clock, Report, Timers } from '@confab/engine';
import { processLimits } from './limits.ts';

/** One process, as whoever looks after it sees it. */
export interface Child {
  readonly pid: number;
  /** Called once, when it takes clients. */
  onReady(listener: () => void): void;
  /** Called once, when it is gone; `how` for the log. */
  onEnded(listener: (how: { readonly code: number | null; readonly signal: string | null }) => void): void;
  kill(signal: 'SIGTERM'): void;
}

export interface SupervisorParts {
  readonly count: number;
  readonly spawn: () => Child;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly report: Report;
}

interface Slot {
  child: Child | null;
  /** How often in a row it ended soon after its start. */
  failures: number;
  cancelStart: (() => void) | null;
}

/** Keeps so many processes running: starts them one after the other, and again when one ends. */
export class Supervisor {
  private readonly parts: SupervisorParts;
  private readonly slots: Slot[];
  private isStopping = false;
  private onAllEnded: (() => void) | null = null;

  constructor(parts: SupervisorParts) {
    this.parts = parts;
    this.slots = Array.from({ length: parts.count }, () => ({ child: null, failures: 0, cancelStart: null }));
  }

  /**
   * Starts them: the next when the one before takes clients, so that what has to be made once is made by the first.
   * Resolves when all do; rejects when the first ends before.
   */
  async start(): Promise<void> {
    for (const [index, slot] of this.slots.entries()) {
      if (this.isStopping) return;
      const isReady = await this.startIn(slot, index > 0);
      if (!isReady && index === 0) throw new Error('The first process ended before it was ready.');
    }
  }

  /** Asks all to end, and resolves when they have. */
  stop(): Promise<void> {
    this.isStopping = true;
    for (const slot of this.slots) {
      slot.cancelStart?.();
      slot.child?.kill('SIGTERM');
    }
    return new Promise((resolve) => {
      this.onAllEnded = resolve;
      this.tellIfAllEnded();
    });
  }

  /** Resolves when it is ready, or with `false` when it ended before. */
  private startIn(slot: Slot, again: boolean): Promise<boolean> {
    const { spawn, clock } = this.parts;
    const child = spawn();
    const startedMs = clock.monotonic();
    slot.child = child;
    return new Promise((resolve) => {
      let wasReady = false;
      child.onReady(() => {
        wasReady = true;
        resolve(true);
      });
      child.onEnded((how) => {
        slot.child = null;
        resolve(false);
        const isSteady = clock.monotonic() - startedMs >= processLimits.steadyMs;
        slot.failures = isSteady ? 0 : slot.failures + 1;
        if (this.isStopping) this.tellIfAllEnded();
        else if (wasReady || again) this.startAgain(slot, child.pid, how);
      });
    });
  }

  private startAgain(slot: Slot, pid: number, how: object): void {
    const { timers, report } = this.parts;
    const { firstPauseMs, longestPauseMs } = processLimits;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, slot.failures - 1));
    report('error', 'a process ended and is started again', { pid, ...how, pauseMs });
    slot.cancelStart = timers.after(pauseMs, () => {
      slot.cancelStart = null;
      void this.startIn(slot, true);
    });
  }

  private tellIfAllEnded(): void {
    if (this.slots.every(({ child }) => child === null)) this.onAllEnded?.();
  }
}
