import type { Bus } from './bus.ts';
import type { Domain } from './domain.ts';
import type { Hub } from './hub.ts';
import type { EngineLimits } from './limits.ts';
import type { ListenedLog } from './listened-log.ts';
import type { Clock, Random, Report } from './ports.ts';
import { type TimerWheel, WheelEntry } from './timer-wheel.ts';

/** Steps as short as the wheel's spread the work as far as it goes. */
const stepMs = 250;

interface HeadSweepParts {
  readonly hub: Hub;
  readonly domain: Pick<Domain, 'heads'>;
  readonly bus: Pick<Bus, 'connected'>;
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly limits: EngineLimits;
  readonly random: Random;
  readonly report: Report;
}

interface Round {
  /** A log that begins to be followed meanwhile stands at the end, and is part of it. */
  readonly logs: Iterator<ListenedLog>;
  readonly startedMs: number;
  /** Up to a quarter faster or slower, so that the nodes of a cluster do not ask at the same moment. */
  readonly pace: number;
  done: number;
  /** The bus worked from its beginning on. */
  isCalm: boolean;
}

/**
 * Compares the heads of all followed logs with the database: finds a last event that the bus lost. Goes round them in
 * steps, so that many logs are a steady trickle of questions and no burst; more slowly while the bus works, and once
 * more at full speed when it is back.
 */
export class HeadSweep extends WheelEntry {
  private readonly parts: HeadSweepParts;
  private round: Round | null = null;
  private sweeping = false;
  private isUrgent = true;

  constructor(parts: HeadSweepParts) {
    super();
    this.parts = parts;
  }

  /** To be called when a log begins to be followed. */
  start(): void {
    if (this.slot >= 0 || this.sweeping) return;
    this.round ??= this.newRound();
    const { round } = this;
    const steps = Math.ceil(this.parts.hub.logs.size / this.parts.limits.sweepLogs);
    this.parts.wheel.schedule(this, Math.max(stepMs, this.roundMs(round) / Math.max(1, steps)));
  }

  onDue(): void {
    this.sweeping = true;
    void this.step()
      .catch((error: unknown) => {
        this.parts.report('warn', 'the heads of logs could not be read', { error: String(error) });
        this.isUrgent = true;
        this.round = null;
      })
      .finally(() => {
        this.sweeping = false;
        if (this.parts.hub.logs.size > 0) this.start();
      });
  }

  private newRound(): Round {
    const { hub, clock, random } = this.parts;
    const pace = 0.75 + random.fraction() / 2;
    return { logs: hub.logs.values(), startedMs: clock.monotonic(), pace, done: 0, isCalm: true };
  }

  private roundMs(round: Round): number {
    const { hub, bus, limits } = this.parts;
    if (!bus.connected) {
      round.isCalm = false;
      this.isUrgent = true;
    }
    const mayRest = !this.isUrgent && hub.logs.size > limits.sweepLogs;
    return (mayRest ? limits.calmSweepMs : limits.sweepMs) * round.pace;
  }

  /** Asks for as many logs as the time since the round's beginning stands for. */
  private async step(): Promise<void> {
    this.round ??= this.newRound();
    const { round } = this;
    const { hub, clock, limits } = this.parts;
    const share = (clock.monotonic() - round.startedMs) / this.roundMs(round);
    const upTo = share >= 1 ? Number.POSITIVE_INFINITY : Math.ceil(hub.logs.size * share);
    while (round.done < upTo) {
      const logs = take(round.logs, Math.min(limits.sweepLogs, upTo - round.done));
      if (logs.length === 0) {
        if (round.isCalm) this.isUrgent = false;
        this.round = null;
        return;
      }
      round.done += logs.length;
      await this.compare(logs);
    }
  }

  private async compare(logs: readonly ListenedLog[]): Promise<void> {
    const told = logs.map((log) => log.head);
    const heads = await this.parts.domain.heads(logs.map((log) => log.id));
    logs.forEach((log, index) => {
      const head = heads[index];
      // A log whose head is not known yet belongs to a `log.listen` that is asking for it with permission.
      if (head !== undefined && log.head >= 0) this.parts.hub.learn(log, head, told[index]);
    });
  }
}

function take<T>(items: Iterator<T>, count: number): T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = items.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}
