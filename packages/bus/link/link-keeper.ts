import type { Random, Report, Timers } from '@confab/engine';
import type { BusLimits } from '../limits.ts';

/** A connection, or several that are of use only together. */
export interface Link {
  /** Resolves when the other side has answered on every connection; rejects when one is of no use any more. */
  ping(): Promise<unknown>;
  /** Lets go of it at once. What was not answered rejects. */
  destroy(): void;
}

export interface LinkParts<L extends Link> {
  /** Who is at the other end, for the log. */
  readonly name: string;
  /** `lost` may be called at any time, `signal` says that it is not wanted any more. Rejects when it cannot be opened. */
  open(lost: (why: unknown) => void, signal: AbortSignal): Promise<L>;
  /** What has to be done before the link counts: subscribing. */
  begin(link: L): Promise<void>;
  /** The link is of no use any more. */
  end(): void;
  readonly timers: Timers;
  readonly random: Random;
  readonly report: Report;
  readonly limits: BusLimits;
}

/**
 * Keeps one link open: opens it, notices when it is gone (closed or silent) and opens another, for as long as it takes.
 * Says so in the log once each time.
 */
export class LinkKeeper<L extends Link> {
  /** The link while it works. */
  current: L | undefined;
  readonly #parts: LinkParts<L>;
  #opening: AbortController | undefined;
  #cancelTimer: () => void = () => {};
  #retryMs: number;
  #missed = 0;
  #wasReported = false;
  #isClosed = false;

  constructor(parts: LinkParts<L>) {
    this.#parts = parts;
    this.#retryMs = parts.limits.retryMinMs;
  }

  start(): void {
    if (this.#isClosed) return;
    const opening = new AbortController();
    this.#opening = opening;
    const { timers, limits } = this.#parts;
    this.#cancelTimer = timers.after(limits.openMs, () => this.#failed(opening, new Error('it does not answer')));
    void this.#open(opening).catch((error: unknown) => this.#failed(opening, error));
  }

  /** The link does not do what it should. */
  lost(link: L, why: unknown): void {
    if (this.current !== link) return;
    this.current = undefined;
    this.#cancelTimer();
    this.#parts.end();
    link.destroy();
    this.#complain(why);
    this.#later();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#opening?.abort();
    this.#opening = undefined;
    const link = this.current;
    this.current = undefined;
    this.#parts.end();
    link?.destroy();
  }

  async #open(opening: AbortController): Promise<void> {
    const { signal } = opening;
    let link: L | undefined;
    const lost = (why: unknown): void => {
      if (link !== undefined && this.current === link) this.lost(link, why);
      else this.#failed(opening, why);
    };
    link = await this.#parts.open(lost, signal);
    const opened = link;
    if (signal.aborted) return opened.destroy();
    signal.addEventListener('abort', () => opened.destroy());
    await this.#parts.begin(opened);
    if (signal.aborted) return;
    this.#opening = undefined;
    this.current = opened;
    this.#cancelTimer();
    this.#missed = 0;
    this.#retryMs = this.#parts.limits.retryMinMs;
    if (this.#wasReported) this.#parts.report('info', `${this.#parts.name} is there again`);
    this.#wasReported = false;
    this.#pingLater(opened);
  }

  #failed(opening: AbortController, why: unknown): void {
    if (this.#opening !== opening) return;
    this.#opening = undefined;
    this.#cancelTimer();
    this.#parts.end();
    opening.abort();
    this.#complain(why);
    this.#later();
  }

  #complain(why: unknown): void {
    if (this.#wasReported) return;
    this.#wasReported = true;
    const { report, name } = this.#parts;
    report('warn', `${name} cannot be reached: other nodes hear of news more slowly until it is there again`, {
      error: why instanceof Error ? why.message : String(why),
    });
  }

  #later(): void {
    if (this.#isClosed) return;
    const { timers, random, limits } = this.#parts;
    const delayMs = this.#retryMs * (0.75 + random.fraction() / 2);
    this.#retryMs = Math.min(limits.retryMaxMs, this.#retryMs * 2);
    this.#cancelTimer = timers.after(delayMs, () => this.start());
  }

  /** Counts pings, not time: after this process itself stood still for long, an answer may only not be read yet. */
  #pingLater(link: L): void {
    const { timers, limits } = this.#parts;
    this.#cancelTimer = timers.after(limits.pingMs, () => {
      if (this.#missed >= limits.pingsMissed) return this.lost(link, new Error('it does not answer'));
      const isWaiting = this.#missed > 0;
      this.#missed += 1;
      this.#pingLater(link);
      if (isWaiting) return;
      link.ping().then(
        () => {
          if (this.current === link) this.#missed = 0;
        },
        (why: unknown) => this.lost(link, why),
      );
    });
  }
}
