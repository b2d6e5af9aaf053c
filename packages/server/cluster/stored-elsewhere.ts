import type { Bus, BusMessage, Clock } from '@confab/engine';
import type { ClusterLimits } from './limits.ts';

export interface StoredElsewhereParts {
  readonly bus: Pick<Bus, 'subscribe'>;
  readonly clock: Clock;
  readonly limits: Pick<ClusterLimits, 'databaseMs' | 'elsewhereMs'>;
  /** Whether this node stored something itself not long ago. */
  readonly reachesDatabase: () => boolean;
}

/**
 * Whether other nodes store things while this one cannot. An event on the bus was stored by someone; while this node
 * cannot, it was another. Only when that has gone on for as long as this node waits with its own verdict: when the
 * database comes back, one node is always the first.
 */
export class StoredElsewhere {
  readonly #parts: StoredElsewhereParts;
  readonly #leave: () => void;
  #sinceMs: number | undefined;
  #lastMs = 0;

  constructor(parts: StoredElsewhereParts) {
    this.#parts = parts;
    this.#leave = parts.bus.subscribe((message) => this.#hear(message));
  }

  get holds(): boolean {
    const { clock, limits, reachesDatabase } = this.#parts;
    const now = clock.monotonic();
    if (this.#sinceMs === undefined || now - this.#lastMs >= limits.elsewhereMs || reachesDatabase()) return false;
    return now - this.#sinceMs >= limits.databaseMs;
  }

  close(): void {
    this.#leave();
  }

  #hear({ kind }: BusMessage): void {
    if (kind !== 'event' && kind !== 'head') return;
    const { clock, limits, reachesDatabase } = this.#parts;
    if (reachesDatabase()) {
      this.#sinceMs = undefined;
      return;
    }
    const now = clock.monotonic();
    if (now - this.#lastMs >= limits.elsewhereMs) this.#sinceMs = undefined;
    this.#sinceMs ??= now;
    this.#lastMs = now;
  }
}
