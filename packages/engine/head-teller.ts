import type { FanOut } from './fan-out.ts';
import { Frame } from './frame.ts';
import type { EngineLimits } from './limits.ts';
import type { ListenedLog } from './listened-log.ts';
import { type TimerWheel, WheelEntry } from './timer-wheel.ts';

/** Tells passive listeners where their logs stand, the last value of each interval ([L5]). */
export class HeadTeller extends WheelEntry {
  private readonly wheel: TimerWheel;
  private readonly fanOut: FanOut;
  private readonly limits: EngineLimits;
  private changed: ListenedLog[] = [];

  constructor(wheel: TimerWheel, fanOut: FanOut, limits: EngineLimits) {
    super();
    this.wheel = wheel;
    this.fanOut = fanOut;
    this.limits = limits;
  }

  headChanged(log: ListenedLog): void {
    this.changed.push(log);
    if (this.slot < 0) this.wheel.schedule(this, this.limits.headIntervalMs);
  }

  onDue(): void {
    const { changed } = this;
    this.changed = [];
    for (const log of changed) {
      log.headChanged = false;
      if (log.passive.length > 0) this.fanOut.headTo(log.passive, headFrame(log), log.head);
    }
  }
}

export function headFrame(log: ListenedLog): Frame {
  return new Frame(
    `{"event":"log.head","data":{"log":"${log.id}","epoch":${log.epoch},"seq":${log.head},"count":${log.count}}}`,
  );
}
