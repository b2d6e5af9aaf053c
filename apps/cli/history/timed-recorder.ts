import type { LoggedEvent } from '@confab/protocol';
import { Recorder } from './recorder.ts';

/** How long one send took to come back to someone. */
export interface Timing {
  /** Who acknowledged or saw: a client's name. */
  readonly client: string;
  /** Monotonic milliseconds when it was handed over for the first time. */
  readonly sentMs: number;
  readonly tookMs: number;
}

/** Also measures how long each send took until it was acknowledged, and until each client saw it. */
export class TimedRecorder extends Recorder {
  readonly acks: Timing[] = [];
  readonly deliveries: Timing[] = [];
  readonly #sentMs = new Map<string, number>();

  override sent(client: string, log: string, clientId: string): void {
    super.sent(client, log, clientId);
    if (!this.#sentMs.has(clientId)) this.#sentMs.set(clientId, performance.now());
  }

  override acknowledged(client: string, log: string, clientId: string, seq: number): void {
    super.acknowledged(client, log, clientId, seq);
    this.#note(this.acks, client, clientId);
  }

  override seen(client: string, event: LoggedEvent): void {
    super.seen(client, event);
    if (event.event === 'message.posted') this.#note(this.deliveries, client, event.data.clientId);
  }

  #note(timings: Timing[], client: string, clientId: string): void {
    const sentMs = this.#sentMs.get(clientId);
    if (sentMs !== undefined) timings.push({ client, sentMs, tookMs: performance.now() - sentMs });
  }
}

/** What was sent in this time, from one moment to another. */
export const sentBetween = (timings: readonly Timing[], fromMs: number, toMs: number): number[] =>
  timings.filter(({ sentMs }) => sentMs >= fromMs && sentMs < toMs).map(({ tookMs }) => tookMs);
