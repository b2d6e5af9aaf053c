import type { LogId, UserId } from '@confab/protocol';
import { createEngine, type Engine } from '../engine.ts';
import type { EngineLimits } from '../limits.ts';
import { fakeRandom } from './fake-random.ts';
import { FakeTime } from './fake-time.ts';
import { MemoryDomain } from './memory-domain.ts';
import { TestClient } from './test-engine.ts';
import { type NetworkBus, TestNetwork } from './test-network.ts';

/** One node of a cluster in this process. */
export class TestNode {
  readonly name: string;
  readonly engine: Engine;
  readonly bus: NetworkBus;
  /** Who went offline, as this node was to note it. */
  readonly lastSeen: { user: UserId; at: number }[] = [];
  private readonly cluster: TestCluster;

  constructor(name: string, cluster: TestCluster, limits: Partial<EngineLimits>) {
    const { domain, network, time, reports } = cluster;
    this.name = name;
    this.cluster = cluster;
    this.bus = network.join(name);
    const random = fakeRandom(network.buses.size);
    const report = (_: string, what: string): void => void reports.push(what);
    this.engine = createEngine({ node: name, domain, bus: this.bus, ...time, random, report, limits });
    this.engine.presence.onOffline((user, at) => this.lastSeen.push({ user, at }));
  }

  /** A client of this node that has said hello. */
  async connect(user: UserId, token: string = this.cluster.domain.addSession(user).token): Promise<TestClient> {
    const client = new TestClient(this.engine, { token });
    client.hello();
    await this.cluster.time.settle();
    return client;
  }

  stateOf(user: UserId): string | undefined {
    return this.engine.presence.statesOf([user])[0]?.state;
  }

  /** Ends without a word: nothing leaves it, and its connections are cut. */
  crash(clients: readonly TestClient[] = []): void {
    void this.bus.close();
    for (const { session } of clients) session.closed();
  }
}

/** Nodes over one domain in memory, with a network between them and time that a test moves by hand. */
export class TestCluster {
  readonly time = new FakeTime();
  readonly domain = new MemoryDomain();
  readonly network = new TestNetwork();
  readonly reports: string[] = [];
  readonly nodes: TestNode[] = [];
  private readonly limits: Partial<EngineLimits>;

  constructor(limits: Partial<EngineLimits> = {}) {
    this.limits = limits;
  }

  start(name: string): TestNode {
    const node = new TestNode(name, this, this.limits);
    this.nodes.push(node);
    return node;
  }

  /** Commits an event and tells of it through a node. */
  post(node: TestNode, log: LogId, options?: Parameters<MemoryDomain['append']>[1]): void {
    node.engine.publish({ events: [this.domain.append(log, options)], ephemerals: [], revocations: [] });
  }
}
