import type { Clock, Timers } from '@confab/engine';

/** Notices that a client sends nothing for one and a half times its keep-alive ([MQTT-3.1.2-24]). */
export class KeepAlive {
  private readonly clock: Clock;
  private readonly timers: Timers;
  private readonly missed: () => void;
  private heardMs = 0;
  private allowedMs = 0;
  private cancel: (() => void) | null = null;

  constructor(clock: Clock, timers: Timers, missed: () => void) {
    this.clock = clock;
    this.timers = timers;
    this.missed = missed;
    this.heard();
  }

  /** Something arrived. */
  heard(): void {
    this.heardMs = this.clock.monotonic();
  }

  /** Waits as long once more. */
  restart(): void {
    this.heard();
    this.wait(this.allowedMs);
  }

  /** `keepAliveS` 0: the client need not say anything. */
  watch(keepAliveS: number): void {
    this.allowedMs = keepAliveS * 1_500;
    this.stop();
    this.heard();
    if (keepAliveS > 0) this.wait(this.allowedMs);
  }

  stop(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private wait(delayMs: number): void {
    this.cancel = this.timers.after(delayMs, () => {
      const leftMs = this.heardMs + this.allowedMs - this.clock.monotonic();
      if (leftMs > 0) this.wait(leftMs);
      else this.missed();
    });
  }
}
