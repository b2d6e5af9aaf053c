import { times } from '../bounds.ts';
import type { ClientPorts } from '../ports.ts';

interface WatchdogHandlers {
  ping(): void;
  /** Nothing was heard for too long: the connection is dead although it looks open. */
  silent(): void;
}

/** Notices a connection that went without a word ([H5]): asks after `intervalMs`, gives up after `timeoutMs`. */
export class Watchdog {
  readonly #ports: ClientPorts;
  readonly #handlers: WatchdogHandlers;
  #intervalMs = 0;
  #timeoutMs = 0;
  #heardAt = 0;
  #probedAt: number | null = null;
  #cancel = () => {};

  constructor(ports: ClientPorts, handlers: WatchdogHandlers) {
    this.#ports = ports;
    this.#handlers = handlers;
  }

  start(heartbeat: { intervalMs: number; timeoutMs: number }): void {
    this.#intervalMs = heartbeat.intervalMs;
    this.#timeoutMs = heartbeat.timeoutMs;
    this.heard();
    this.#wait(this.#intervalMs);
  }

  /** Called for every frame: must be cheap, so it moves no timer. */
  heard(): void {
    this.#heardAt = this.#ports.clock.monotonic();
    this.#probedAt = null;
  }

  /** Asks at once and waits only shortly: after waking, an open socket may long be dead. */
  probe(): void {
    if (this.#timeoutMs === 0 || this.#probedAt !== null) return;
    this.#probedAt = this.#ports.clock.monotonic();
    this.#handlers.ping();
    this.#wait(times.probeTimeoutMs);
  }

  stop(): void {
    this.#cancel();
    this.#timeoutMs = 0;
  }

  #wait(delayMs: number): void {
    this.#cancel();
    this.#cancel = this.#ports.after(delayMs, () => this.#look());
  }

  #look(): void {
    const now = this.#ports.clock.monotonic();
    const silence = now - this.#heardAt;
    const unansweredProbe = this.#probedAt !== null && now - this.#probedAt >= times.probeTimeoutMs;
    if (silence >= this.#timeoutMs || (unansweredProbe && silence >= times.probeTimeoutMs)) {
      this.stop();
      this.#handlers.silent();
      return;
    }
    if (silence < this.#intervalMs) {
      this.#wait(this.#intervalMs - silence);
      return;
    }
    this.#handlers.ping();
    this.#wait(Math.min(this.#intervalMs, this.#timeoutMs - silence));
  }
}
