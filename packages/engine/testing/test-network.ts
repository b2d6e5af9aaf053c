import { type Bus, type BusMessage, topicOf } from '../bus.ts';

/** A message on its way to another node that wants it. `deliver` may be called late, twice or not at all. */
export interface Passage {
  readonly from: string;
  readonly to: string;
  readonly message: BusMessage;
  deliver(): void;
}

/** What lies between the buses of several nodes in one process. Whether and when something arrives is the test's. */
export class TestNetwork {
  carry: (passage: Passage) => void = (passage) => passage.deliver();
  /** Called when a node wants to hear of a topic, or not any more; until `done` is called nothing changes. */
  settleFollowing: (done: () => void) => void = (done) => done();
  readonly buses = new Map<string, NetworkBus>();

  join(node: string): NetworkBus {
    const bus = new NetworkBus(node, this);
    this.buses.set(node, bus);
    return bus;
  }

  /** Takes a message to all other nodes that follow its topic. */
  send(from: NetworkBus, message: BusMessage): void {
    const topic = topicOf(message);
    const text = JSON.stringify(message);
    for (const to of this.buses.values()) {
      if (to === from || !to.connected || (topic !== undefined && !to.followed.has(topic))) continue;
      this.carry({ from: from.node, to: to.node, message, deliver: () => to.arrive(JSON.parse(text) as BusMessage) });
    }
  }
}

/** One node's end of it. */
export class NetworkBus implements Bus {
  connected = true;
  readonly node: string;
  readonly followed = new Set<string>();
  private readonly network: TestNetwork;
  private readonly handlers = new Set<(message: BusMessage) => void>();
  private readonly waiting: BusMessage[] = [];
  private delivering = false;

  constructor(node: string, network: TestNetwork) {
    this.node = node;
    this.network = network;
  }

  publish(message: BusMessage): void {
    if (this.connected) this.network.send(this, message);
    this.deliver(message);
  }

  /** From another node. */
  arrive(message: BusMessage): void {
    if (this.connected) this.deliver(message);
  }

  subscribe(handler: (message: BusMessage) => void): () => void {
    this.handlers.add(handler);
    return () => {
      this.handlers.delete(handler);
    };
  }

  follow(topic: string): void {
    this.network.settleFollowing(() => this.followed.add(topic));
  }

  unfollow(topic: string): void {
    this.network.settleFollowing(() => this.followed.delete(topic));
  }

  /** The node is gone: nothing leaves it or reaches it. */
  async close(): Promise<void> {
    this.connected = false;
    this.handlers.clear();
    this.network.buses.delete(this.node);
  }

  /** What is published while a message is handled comes after it. */
  private deliver(message: BusMessage): void {
    this.waiting.push(message);
    if (this.delivering) return;
    this.delivering = true;
    try {
      for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
        for (const handler of [...this.handlers]) handler(next);
      }
    } finally {
      this.delivering = false;
    }
  }
}
