import type { Bus, BusMessage } from '@confab/engine';

/**
 * The bus of a single node. Messages are delivered at once and in order; what is published while one is being
 * delivered comes after it, so that no handler sees a later message inside an earlier one.
 */
export class InProcessBus implements Bus {
  /** There are no others to reach. */
  readonly connected = true;
  private readonly handlers = new Set<(message: BusMessage) => void>();
  private waiting: BusMessage[] = [];
  private delivering = false;

  publish(message: BusMessage): void {
    if (this.delivering) {
      this.waiting.push(message);
      return;
    }
    this.delivering = true;
    try {
      this.deliver(message);
      while (this.waiting.length > 0) {
        const next = this.waiting;
        this.waiting = [];
        for (const follower of next) this.deliver(follower);
      }
    } finally {
      this.delivering = false;
    }
  }

  subscribe(handler: (message: BusMessage) => void): () => void {
    this.handlers.add(handler);
    return () => {
      this.handlers.delete(handler);
    };
  }

  /** Whoever is here hears everything anyway. */
  follow(): void {}

  unfollow(): void {}

  close(): Promise<void> {
    this.handlers.clear();
    return Promise.resolve();
  }

  private deliver(message: BusMessage): void {
    for (const handler of this.handlers) handler(message);
  }
}
