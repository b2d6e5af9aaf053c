import type { KnownNode } from '@confab/chat';
import type { Clock, Report, Timers } from '@confab/engine';
import { Beats } from './beats.ts';
import type { ClusterLimits } from './limits.ts';

/** Where nodes say of themselves that they live; `Chat.nodes` is one. */
export interface NodeStore {
  renew(node: KnownNode): Promise<void>;
  known(): Promise<KnownNode[]>;
  forget(node: Pick<KnownNode, 'name' | 'seenAt'>): Promise<void>;
}

export interface NodeRegistryParts {
  readonly store: NodeStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly report: Report;
  readonly limits: ClusterLimits;
}

/** Another node, as it is to be reached. */
export interface OtherNode {
  readonly name: string;
  readonly url: string;
  /** What it said last. */
  readonly beat: number;
}

interface Observed {
  node: OtherNode;
  /** Milliseconds for which it said nothing new although one looked. */
  silentMs: number;
  /** It could not be reached since it spoke last. */
  unreachable: boolean;
}

/** Says in the database that this node lives, and knows which others do. */
export class NodeRegistry {
  readonly name: string;
  private url = '';
  private readonly parts: NodeRegistryParts;
  private readonly others = new Map<string, Observed>();
  private readonly listeners = new Set<(name: string) => void>();
  private readonly beats: Beats;
  private readonly startedAt: number;
  private lastLookMs: number;
  private storedMs: number;
  private looking: Promise<void> | null = null;
  private working: Promise<void> = Promise.resolve();
  private said = 0;
  private cancel: () => void = () => {};
  private state: 'new' | 'here' | 'left' = 'new';

  constructor(name: string, parts: NodeRegistryParts) {
    this.name = name;
    this.parts = parts;
    this.beats = new Beats(parts.limits.signatureMs);
    this.startedAt = parts.clock.now();
    this.lastLookMs = this.nowMs();
    this.storedMs = this.nowMs();
  }

  /** Says for the first time that this node lives, and where; looks who else does. Rejects without a database. */
  async begin(url: string): Promise<void> {
    this.url = url;
    await this.renew();
    await this.look();
    this.state = 'here';
    this.again();
  }

  /** The others that live, as far as is known here. */
  get living(): OtherNode[] {
    return [...this.others.values()].filter((each) => this.isLiving(each)).map(({ node }) => node);
  }

  /** Whether something was stored not long ago. */
  get reachesDatabase(): boolean {
    return this.nowMs() - this.storedMs < this.parts.limits.databaseMs;
  }

  /** Another node that lives. One that nobody here knows may have started just now: it is looked for once more. */
  async find(name: string): Promise<OtherNode | undefined> {
    if (!this.others.has(name)) await this.lookSoon();
    const observed = this.others.get(name);
    return observed && this.isLiving(observed) ? observed.node : undefined;
  }

  /** It did not take what was passed on to it: nothing more is, until it says something new. */
  unreachable(name: string): void {
    const observed = this.others.get(name);
    if (observed) observed.unreachable = true;
  }

  /** Whether whoever names this beat of ours has read it not long ago. */
  isGood(beat: number): boolean {
    return this.beats.isGood(beat, this.nowMs());
  }

  /** `listener` hears of every node that left or is taken for dead. */
  onGone(listener: (name: string) => void): void {
    this.listeners.add(listener);
  }

  /** Says that this node is not there any more. */
  async leave(): Promise<void> {
    this.state = 'left';
    this.cancel();
    await this.working;
    if (this.said === 0) return;
    await this.parts.store.forget({ name: this.name, seenAt: this.said }).catch(() => {
      // The others will notice.
    });
  }

  private isLiving({ silentMs, unreachable }: Observed): boolean {
    return !unreachable && silentMs < this.parts.limits.goneMs;
  }

  private again(): void {
    this.cancel = this.parts.timers.after(this.parts.limits.renewMs, () => {
      this.working = this.work().finally(() => {
        if (this.state === 'here') this.again();
      });
    });
  }

  private async work(): Promise<void> {
    try {
      await this.renew();
      await this.lookSoon();
    } catch (error) {
      this.parts.report('warn', 'this node could not say that it lives', { error });
    }
  }

  private async renew(): Promise<void> {
    const { store, clock } = this.parts;
    const { name, url, startedAt } = this;
    this.said = this.beats.next(clock.now());
    await store.renew({ name, url, startedAt, seenAt: this.said });
    this.storedMs = this.nowMs();
    this.beats.stored(this.storedMs);
  }

  /** Looks, together with whoever asks meanwhile, and not too often: anyone can send an id of a node that is none. */
  private lookSoon(): Promise<void> {
    const { timers, limits } = this.parts;
    const restMs = Math.max(0, this.lastLookMs + limits.lookMs - this.nowMs());
    this.looking ??= new Promise<void>((resolve) => void (restMs > 0 ? timers.after(restMs, resolve) : resolve()))
      .then(() => this.look())
      .catch((error: unknown) => {
        this.parts.report('warn', 'the other nodes could not be looked for', { error });
      })
      .finally(() => {
        this.looking = null;
      });
    return this.looking;
  }

  private async look(): Promise<void> {
    const { store, limits } = this.parts;
    const rows = await store.known();
    const nowMs = this.nowMs();
    // While nobody could look, silence says nothing.
    const passedMs = Math.min(nowMs - this.lastLookMs, 2 * limits.renewMs);
    this.lastLookMs = nowMs;
    const names = new Set(rows.map(({ name }) => name));
    for (const name of [...this.others.keys()]) if (!names.has(name)) this.gone(name);
    for (const row of rows) if (row.name !== this.name) this.observe(row, passedMs);
  }

  private observe({ name, url, seenAt }: KnownNode, passedMs: number): void {
    const { limits, store, report } = this.parts;
    const observed = this.others.get(name);
    if (observed?.node.beat !== seenAt) {
      this.others.set(name, { node: { name, url, beat: seenAt }, silentMs: 0, unreachable: false });
      return;
    }
    const before = observed.silentMs;
    observed.silentMs += passedMs;
    if (before < limits.goneMs && observed.silentMs >= limits.goneMs) {
      report('warn', 'a node does not say anything any more', { node: name });
      this.tell(name);
    }
    if (observed.silentMs >= limits.forgetMs) void store.forget({ name, seenAt }).catch(() => {});
  }

  private gone(name: string): void {
    this.others.delete(name);
    this.tell(name);
  }

  private tell(name: string): void {
    for (const listener of this.listeners) listener(name);
  }

  private nowMs(): number {
    return this.parts.clock.monotonic();
  }
}
