import type { UserId } from '@confab/protocol';
import type { Bus, NodeSign, PeopleOnNode, PersonOnNode } from '../bus.ts';
import type { EngineLimits } from '../limits.ts';
import type { Clock, Report } from '../ports.ts';
import { type TimerWheel, WheelEntry } from '../timer-wheel.ts';
import { Neighbour } from './neighbour.ts';
import type { Presence } from './presence.ts';

export interface NeighboursParts {
  /** The name of this node. */
  readonly node: string;
  readonly bus: Pick<Bus, 'publish' | 'connected'>;
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly limits: EngineLimits;
  readonly report: Report;
  readonly presence: Presence;
}

/**
 * What the nodes tell each other of who is with them. Each tells its changes, numbered, a batch a wheel's turn, and
 * gives a sign of life every few seconds; whoever finds that something is missing asks for everything. A node that is
 * silent for a lease has lost its people: but not as long as it is this node that hears nothing.
 */
export class Neighbours extends WheelEntry {
  private readonly parts: NeighboursParts;
  private readonly nodes = new Map<string, Neighbour>();
  /** Changes that were told since the start. */
  private told = 0;
  /** Nodes that took their leave: what arrives of them late does not bring them back. */
  private readonly gone = new Set<string>();
  private changes = new Map<UserId, PersonOnNode>();
  /** Somebody wants to know everyone who is here. */
  private asked = false;
  private wasConnected = false;
  private lastBeatMs = Number.NEGATIVE_INFINITY;
  private hasLeft = false;

  constructor(parts: NeighboursParts) {
    super();
    this.parts = parts;
  }

  /** Other nodes that are up, as far as this one knows. */
  get count(): number {
    return this.nodes.size;
  }

  /** Says that this node is up, and asks the others who is with them. */
  start(): void {
    if (this.checkConnection()) return;
    this.parts.wheel.schedule(this, this.parts.limits.nodeCheckMs);
  }

  /** To be told with the next turn of the wheel; of one person the last. */
  tell(person: PersonOnNode): void {
    this.changes.delete(person.user);
    this.changes.set(person.user, person);
    this.soon();
  }

  /** The last word of this node: whoever is still with it goes. */
  leave(): void {
    this.tellChanges();
    this.hasLeft = true;
    this.parts.wheel.cancel(this);
    this.sign('leaving');
  }

  receivePeople(message: PeopleOnNode): void {
    const node = this.heard(message);
    if (node === undefined) return;
    for (const person of node.take(message)) this.parts.presence.changedElsewhere(node.name, person);
    this.askIfBehind(node);
  }

  receiveSign(sign: NodeSign): void {
    if (sign.state === 'leaving') {
      this.forget(sign.node, false);
      this.hasGone(sign.node);
      return;
    }
    const node = this.heard(sign);
    if (node === undefined) return;
    node.heardOf(sign.told);
    if (sign.state === 'up' && sign.told === 0) node.startsEmpty();
    if (sign.state === 'up' || sign.asks === this.parts.node) {
      this.asked = true;
      this.soon();
    }
    this.askIfBehind(node);
  }

  onDue(): void {
    const nowMs = this.parts.clock.monotonic();
    const isConnected = this.checkConnection();
    this.tellChanges();
    if (this.asked) this.tellEveryone();
    if (isConnected) {
      for (const node of [...this.nodes.values()]) this.check(node, nowMs);
    }
    if (nowMs - this.lastBeatMs >= this.parts.limits.beatMs) {
      this.lastBeatMs = nowMs;
      this.sign('beat');
    }
    // A node alone with nobody has nothing to say, and nobody to hear it.
    const isNeeded = this.nodes.size > 0 || this.parts.presence.hereCount > 0 || !isConnected;
    if (isNeeded) this.parts.wheel.schedule(this, this.parts.limits.nodeCheckMs);
  }

  private soon(): void {
    if (!this.hasLeft) this.parts.wheel.schedule(this, 0);
  }

  /** While nothing can be heard no lease runs out; when that is over everybody begins anew and is asked. */
  private checkConnection(): boolean {
    const { connected } = this.parts.bus;
    if (connected && !this.wasConnected) {
      for (const node of this.nodes.values()) node.lastHeardMs = this.parts.clock.monotonic();
      this.sign('up');
    }
    this.wasConnected = connected;
    return connected;
  }

  private heard({ node: name }: { readonly node: string }): Neighbour | undefined {
    if (name === this.parts.node || this.hasLeft || this.gone.has(name)) return undefined;
    const nowMs = this.parts.clock.monotonic();
    let node = this.nodes.get(name);
    if (node === undefined) {
      if (this.nodes.size >= this.parts.limits.nodes) return undefined;
      node = new Neighbour(name, nowMs, this.parts.limits.presenceAhead);
      this.nodes.set(name, node);
      if (this.slot < 0) this.parts.wheel.schedule(this, this.parts.limits.nodeCheckMs);
    }
    node.lastHeardMs = nowMs;
    return node;
  }

  /** What is only late has a moment to come by itself. */
  private askIfBehind(node: Neighbour): void {
    if (!node.isBehind) node.askedMs = null;
    else node.askedMs ??= this.parts.clock.monotonic() - this.parts.limits.askAgainMs + this.parts.limits.nodeCheckMs;
  }

  private check(node: Neighbour, nowMs: number): void {
    const { leaseMs, askAgainMs } = this.parts.limits;
    if (nowMs - node.lastHeardMs >= leaseMs) {
      this.parts.report('warn', 'a node has fallen silent; its people are taken for gone', { node: node.name });
      this.forget(node.name, true);
    } else if (node.askedMs !== null && nowMs - node.askedMs >= askAgainMs) {
      node.askedMs = nowMs;
      this.sign('beat', node.name);
    }
  }

  private forget(name: string, isDead: boolean): void {
    const node = this.nodes.get(name);
    if (node === undefined) return;
    this.nodes.delete(name);
    const silentMs = this.parts.clock.monotonic() - node.lastHeardMs;
    const lastSeenAt = this.parts.clock.now() - Math.round(silentMs);
    // One of those left notes for a dead node when its people were last seen.
    const isOurs = isDead && [...this.nodes.keys()].every((other) => this.parts.node < other);
    for (const person of node.leave(lastSeenAt)) this.parts.presence.changedElsewhere(name, person, isOurs);
  }

  private hasGone(name: string): void {
    this.gone.add(name);
    const [first] = this.gone;
    if (first !== undefined && this.gone.size > this.parts.limits.nodes) this.gone.delete(first);
  }

  private tellChanges(): void {
    if (this.changes.size === 0) return;
    const changes = [...this.changes.values()];
    this.changes = new Map();
    for (const people of this.portions(changes)) {
      this.told += 1;
      this.parts.bus.publish({ kind: 'presence', node: this.parts.node, told: this.told, people });
    }
  }

  private tellEveryone(): void {
    this.asked = false;
    const { node, bus, presence } = this.parts;
    const portions = this.portions([...presence.here()]);
    if (portions.length === 0) portions.push([]);
    portions.forEach((people, part) => {
      const whole = { part, of: portions.length };
      bus.publish({ kind: 'presence', node, told: this.told, people, whole });
    });
  }

  private portions(people: readonly PersonOnNode[]): PersonOnNode[][] {
    const size = this.parts.limits.peoplePerMessage;
    const count = Math.ceil(people.length / size);
    return Array.from({ length: count }, (_, index) => people.slice(index * size, (index + 1) * size));
  }

  private sign(state: NodeSign['state'], asks?: string): void {
    const { node, bus } = this.parts;
    bus.publish({ kind: 'node', node, state, told: this.told, ...(asks === undefined ? {} : { asks }) });
  }
}
