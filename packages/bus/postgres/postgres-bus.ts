import type { Bus, BusMessage, Random, Report, Timers } from '@confab/engine';
import { Delivery } from '../delivery.ts';
import type { BusLimits } from '../limits.ts';
import { LinkKeeper } from '../link/link-keeper.ts';
import { Outbox } from './outbox.ts';
import { openPostgresLink, type PostgresLink } from './postgres-link.ts';

export interface PostgresBusParts {
  readonly url: string;
  readonly node: string;
  readonly timers: Timers;
  readonly random: Random;
  readonly report: Report;
  readonly limits: BusLimits;
}

/**
 * LISTEN and NOTIFY. PostgreSQL lets one transaction at a time notify, so a node gathers what it has and notifies at
 * most once in `notifyMs`, and never while the last notification is under way.
 */
export class PostgresBus implements Bus {
  readonly #parts: PostgresBusParts;
  readonly #delivery: Delivery;
  readonly #outbox: Outbox;
  readonly #keeper: LinkKeeper<PostgresLink>;
  #isDue = false;
  #isResting = false;
  /** Resolves when the notification that is under way was made, or cannot be made. */
  #sending: Promise<void> | undefined;
  #isClosed = false;

  constructor(parts: PostgresBusParts) {
    this.#parts = parts;
    this.#delivery = new Delivery(parts);
    this.#outbox = new Outbox(parts.node, parts.limits);
    const receive = (payload: string): void => this.#delivery.receive(payload);
    const { url, limits } = parts;
    this.#keeper = new LinkKeeper<PostgresLink>({
      ...parts,
      name: 'The bus through PostgreSQL',
      open: (lost, signal) => openPostgresLink({ url, connectMs: limits.openMs, receive, lost, signal }),
      begin: async (link) => void (await link.listen()),
      end: () => this.#outbox.clear(),
    });
    this.#keeper.start();
  }

  get connected(): boolean {
    return this.#keeper.current !== undefined;
  }

  publish(message: BusMessage): void {
    if (this.#isClosed) return;
    if (this.connected) {
      this.#outbox.add(message);
      this.#notifySoon();
    }
    this.#delivery.local.publish(message);
  }

  subscribe(handler: (message: BusMessage) => void): () => void {
    return this.#delivery.local.subscribe(handler);
  }

  follow(topic: string): void {
    this.#delivery.followed.add(topic);
  }

  unfollow(topic: string): void {
    this.#delivery.followed.delete(topic);
  }

  /** What was published before still goes out, if PostgreSQL takes it in time. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { promise: tooLate, resolve } = Promise.withResolvers<void>();
    const cancel = this.#parts.timers.after(this.#parts.limits.closeMs, resolve);
    await Promise.race([this.#notifyAll(), tooLate]);
    cancel();
    this.#keeper.close();
    await this.#delivery.local.close();
  }

  #notifySoon(): void {
    if (this.#isDue || this.#isResting || this.#sending !== undefined || this.#outbox.isEmpty) return;
    this.#isDue = true;
    this.#parts.timers.endOfTick(() => {
      this.#isDue = false;
      if (this.#sending === undefined) this.#notify();
    });
  }

  #notify(): void {
    const link = this.#keeper.current;
    const { payloads, dropped } = this.#outbox.take();
    if (dropped > 0) this.#parts.report('debug', 'messages did not fit into a notification', { dropped });
    if (link === undefined || payloads.length === 0) return;
    this.#isResting = true;
    this.#parts.timers.after(this.#parts.limits.notifyMs, () => {
      this.#isResting = false;
      this.#notifySoon();
    });
    this.#sending = link
      .notify(payloads)
      .then(
        () => {},
        (error: unknown) => this.#keeper.lost(link, error),
      )
      .then(() => {
        this.#sending = undefined;
        this.#notifySoon();
      });
  }

  async #notifyAll(): Promise<void> {
    await this.#sending;
    if (this.#sending === undefined) this.#notify();
    await this.#sending;
  }
}
