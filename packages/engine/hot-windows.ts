import type { KeptEvent } from './hot-window.ts';
import type { EngineLimits } from './limits.ts';
import type { ListenedLog } from './listened-log.ts';

/** Keeps all hot windows together within their bytes: those least recently used are emptied first. */
export class HotWindows {
  bytes = 0;
  private readonly limits: EngineLimits;
  private readonly logs: ReadonlyMap<string, ListenedLog>;
  private uses = 0;

  constructor(limits: EngineLimits, logs: ReadonlyMap<string, ListenedLog>) {
    this.limits = limits;
    this.logs = logs;
  }

  push(log: ListenedLog, event: KeptEvent): void {
    const before = log.window.bytes;
    log.window.push(event, this.limits.hotWindowEvents);
    this.used(log);
    this.changed(log.window.bytes - before);
  }

  fill(log: ListenedLog, older: readonly KeptEvent[]): void {
    const before = log.window.bytes;
    log.window.fill(older);
    this.used(log);
    this.changed(log.window.bytes - before);
  }

  clear(log: ListenedLog): void {
    this.bytes -= log.window.bytes;
    log.window.clear();
  }

  used(log: ListenedLog): void {
    this.uses += 1;
    log.window.lastUse = this.uses;
  }

  private changed(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.limits.hotWindowBytes) this.evict();
  }

  /** A tenth at a time, so that the sorting is paid rarely. */
  private evict(): void {
    const target = this.limits.hotWindowBytes * 0.9;
    const byUse = [...this.logs.values()]
      .filter((log) => log.window.bytes > 0)
      .sort((a, b) => a.window.lastUse - b.window.lastUse);
    for (const log of byUse) {
      if (this.bytes <= target) return;
      this.clear(log);
    }
  }
}
