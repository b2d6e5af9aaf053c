import type { Bus, BusMessage } from '../bus.ts';

/** A bus that delivers at once, to as many engines as subscribe: nodes of one cluster in one process. */
export class TestBus implements Bus {
  connected = true;
  /** What is followed now, by topic; a node that follows twice is in here once. */
  readonly followed = new Set<string>();
  private readonly handlers = new Set<(message: BusMessage) => void>();

  publish(message: BusMessage): void {
    for (const handler of [...this.handlers]) handler(message);
  }

  subscribe(handler: (message: BusMessage) => void): () => void {
    this.handlers.add(handler);
    return () => {
      this.handlers.delete(handler);
    };
  }

  follow(topic: string): void {
    this.followed.add(topic);
  }

  unfollow(topic: string): void {
    this.followed.delete(topic);
  }

  async close(): Promise<void> {
    this.handlers.clear();
  }
}
