import { times } from '../bounds.ts';
import type { ClientPorts } from '../ports.ts';

/** Sends that are kept back for a moment, so that they can be taken back. */
export class HeldSends {
  readonly #ports: ClientPorts;
  /** What ends the waiting of each. */
  readonly #waiting = new Map<string, () => void>();

  constructor(ports: ClientPorts) {
    this.#ports = ports;
  }

  /** Whether a send is to be kept back still. `until`: Unix milliseconds. */
  isEarly(until: number): boolean {
    return until > this.#ports.clock.now();
  }

  /** Until when one is kept back that is written now; not a shorter time than those before it, which it must not overtake. */
  until(holdMs: number, before: readonly number[]): number | null {
    const until = Math.max(this.#ports.clock.now() + holdMs, ...before);
    return this.isEarly(until) ? until : null;
  }

  /** Calls `release` when its time has come, once. */
  hold(clientId: string, until: number, release: () => void): void {
    if (this.#waiting.has(clientId)) return;
    // The clock may have been set meanwhile: nothing is held for longer than anything is.
    const delayMs = Math.min(until - this.#ports.clock.now(), times.longestHoldMs);
    const cancel = this.#ports.after(delayMs, () => {
      this.#waiting.delete(clientId);
      release();
    });
    this.#waiting.set(clientId, cancel);
  }

  forget(clientId: string): void {
    this.#waiting.get(clientId)?.();
    this.#waiting.delete(clientId);
  }

  clear(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }
}
