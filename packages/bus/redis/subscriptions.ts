/** What can be subscribed on. */
export interface Subscriber {
  subscribe(channels: readonly string[]): Promise<void>;
  unsubscribe(channels: readonly string[]): Promise<void>;
}

/**
 * Keeps the subscriptions of a link to what is wanted. One change is under way at a time: what is wanted meanwhile is
 * the next, so that someone who goes through many rooms does not leave a queue of commands.
 */
export class Subscriptions {
  /** Topics of each wanted channel. */
  readonly #wanted = new Map<string, Set<string>>();
  readonly #failed: (why: unknown) => void;
  #subscriber: Subscriber | undefined;
  #subscribed = new Set<string>();
  #isChanging = false;

  /** `failed`: a change was not possible, the link is of no use. */
  constructor(failed: (why: unknown) => void) {
    this.#failed = failed;
  }

  want(channel: string, topic: string): void {
    const topics = this.#wanted.get(channel);
    if (topics !== undefined) {
      topics.add(topic);
      return;
    }
    this.#wanted.set(channel, new Set([topic]));
    this.#changeSoon();
  }

  unwant(channel: string, topic: string): void {
    const topics = this.#wanted.get(channel);
    if (!topics?.delete(topic) || topics.size > 0) return;
    this.#wanted.delete(channel);
    this.#changeSoon();
  }

  /** Resolves when all that is wanted is subscribed on a new link. */
  async begin(subscriber: Subscriber): Promise<void> {
    this.#subscriber = subscriber;
    this.#subscribed = new Set();
    await this.#change(subscriber);
  }

  end(): void {
    this.#subscriber = undefined;
  }

  #changeSoon(): void {
    const subscriber = this.#subscriber;
    if (subscriber === undefined || this.#isChanging) return;
    this.#change(subscriber).catch((error: unknown) => {
      if (this.#subscriber === subscriber) this.#failed(error);
    });
  }

  async #change(subscriber: Subscriber): Promise<void> {
    const subscribed = this.#subscribed;
    this.#isChanging = true;
    try {
      // Lets all of one turn's changes become one.
      await Promise.resolve();
      while (this.#subscriber === subscriber) {
        const more = [...this.#wanted.keys()].filter((channel) => !subscribed.has(channel));
        const fewer = [...subscribed].filter((channel) => !this.#wanted.has(channel));
        if (more.length === 0 && fewer.length === 0) return;
        if (more.length > 0) await subscriber.subscribe(more);
        for (const channel of more) subscribed.add(channel);
        if (fewer.length > 0) await subscriber.unsubscribe(fewer);
        for (const channel of fewer) subscribed.delete(channel);
      }
    } finally {
      if (this.#subscribed === subscribed) this.#isChanging = false;
    }
  }
}
