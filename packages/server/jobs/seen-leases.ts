import type { FoundJob } from '@confab/chat';

/**
 * How long others have held the jobs that they do. Only whether a lease changes is looked at, and for how long by this
 * node's own clock that never steps back: clocks of nodes may be days apart.
 */
export class SeenLeases {
  readonly #leaseMs: number;
  /** When each was first seen, in monotonic milliseconds. */
  #since = new Map<string, number>();

  constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  /** Those of the due jobs that nobody does, or whose holder had time enough. Others are remembered until the next call. */
  free(due: readonly FoundJob[], nowMs: number): FoundJob[] {
    const held = due.filter(({ lease }) => lease !== '');
    this.#since = new Map(held.map(({ lease }) => [lease, this.#since.get(lease) ?? nowMs]));
    return due.filter(({ lease }) => lease === '' || nowMs - (this.#since.get(lease) ?? nowMs) >= this.#leaseMs);
  }
}
