import type { Bus, BusMessage } from '../bus.ts';

/** A bus that delivers at once, to as many engines as subscribe: nodes of one cluster in one process. */
export class TestBus implements Bus {
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

  async close(): Promise<void> {
    this.handlers.clear();
  }
}
