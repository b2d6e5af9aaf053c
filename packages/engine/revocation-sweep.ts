import type { Domain } from './domain.ts';
import type { EngineLimits } from './limits.ts';
import type { Clock, Random, Report } from './ports.ts';
import type { Revocations } from './revocations.ts';
import { type TimerWheel, WheelEntry } from './timer-wheel.ts';

/** Longer than any transaction takes: one that was under way when a place was read has ended by then. */
const overlapMs = 30_000;

interface RevocationSweepParts {
  readonly revocations: Revocations;
  readonly domain: Domain;
  readonly wheel: TimerWheel;
  readonly clock: Clock;
  readonly limits: EngineLimits;
  readonly random: Random;
  readonly report: Report;
  /** Nobody here, nothing to cut. */
  readonly sessions: { readonly size: number };
}

/** Looks in the database for what was revoked on other nodes: finds what the bus lost. */
export class RevocationSweep extends WheelEntry {
  private readonly parts: RevocationSweepParts;
  private sweeping = false;
  /** Everything up to this place was read at least `overlapMs` ago, so nothing new appears below it. */
  private settledAt = 0;
  private highestAt = 0;
  private next: { at: number; sinceMs: number } | null = null;

  constructor(parts: RevocationSweepParts) {
    super();
    this.parts = parts;
  }

  /** To be called when a session begins. */
  start(): void {
    if (this.slot >= 0 || this.sweeping) return;
    // Up to a quarter earlier or later, so that the nodes of a cluster do not ask at the same moment.
    this.parts.wheel.schedule(this, this.parts.limits.sweepMs * (0.75 + this.parts.random.fraction() / 2));
  }

  onDue(): void {
    this.sweeping = true;
    void this.sweep()
      .catch((error: unknown) => this.parts.report('warn', 'revocations could not be read', { error: String(error) }))
      .finally(() => {
        this.sweeping = false;
        if (this.parts.sessions.size > 0) this.start();
      });
  }

  private async sweep(): Promise<void> {
    const { domain, revocations } = this.parts;
    const startedMs = this.parts.clock.monotonic();
    let { highestAt } = this;
    for (const { at, revocation } of await domain.revocationsSince(this.settledAt)) {
      await revocations.recheck(revocation);
      highestAt = Math.max(highestAt, at);
    }
    this.highestAt = highestAt;
    this.settle(startedMs);
  }

  private settle(nowMs: number): void {
    if (this.next !== null && nowMs - this.next.sinceMs >= overlapMs) {
      this.settledAt = this.next.at;
      this.next = null;
    }
    if (this.highestAt > this.settledAt) this.next ??= { at: this.highestAt, sinceMs: nowMs };
  }
}
