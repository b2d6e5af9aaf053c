import type { Domain } from './domain.ts';
import type { Hub } from './hub.ts';
import type { EngineLimits } from './limits.ts';
import type { ListenedLog } from './listened-log.ts';
import type { Random, Report } from './ports.ts';
import { type TimerWheel, WheelEntry } from './timer-wheel.ts';

interface HeadSweepParts {
  readonly hub: Hub;
  readonly domain: Domain;
  readonly wheel: TimerWheel;
  readonly limits: EngineLimits;
  readonly random: Random;
  readonly report: Report;
}

/** Compares the heads of all followed logs with the database: finds a last event that the bus lost. */
export class HeadSweep extends WheelEntry {
  private readonly hub: Hub;
  private readonly domain: Domain;
  private readonly wheel: TimerWheel;
  private readonly limits: EngineLimits;
  private readonly random: Random;
  private readonly report: Report;
  private sweeping = false;

  constructor(parts: HeadSweepParts) {
    super();
    this.hub = parts.hub;
    this.domain = parts.domain;
    this.wheel = parts.wheel;
    this.limits = parts.limits;
    this.random = parts.random;
    this.report = parts.report;
  }

  /** To be called when a log begins to be followed. */
  start(): void {
    if (this.slot >= 0 || this.sweeping) return;
    // Up to a quarter earlier or later, so that the nodes of a cluster do not ask at the same moment.
    this.wheel.schedule(this, this.limits.sweepMs * (0.75 + this.random.fraction() / 2));
  }

  onDue(): void {
    this.sweeping = true;
    void this.sweep()
      .catch((error: unknown) => this.report('warn', 'the heads of logs could not be read', { error: String(error) }))
      .finally(() => {
        this.sweeping = false;
        if (this.hub.logs.size > 0) this.start();
      });
  }

  private async sweep(): Promise<void> {
    const logs = [...this.hub.logs.values()];
    for (let from = 0; from < logs.length; from += this.limits.sweepLogs) {
      const slice = logs.slice(from, from + this.limits.sweepLogs);
      const heads = await this.domain.heads(slice.map((log) => log.id));
      slice.forEach((log: ListenedLog, index) => {
        const head = heads[index];
        // A log whose head is not known yet belongs to a `log.listen` that is asking for it with permission.
        if (head !== undefined && log.head >= 0) this.hub.learn(log, head);
      });
    }
  }
}
