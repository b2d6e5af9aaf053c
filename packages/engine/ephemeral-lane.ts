import type { LogId, UserId } from '@confab/protocol';
import type { Ephemeral } from './domain.ts';
import type { FanOut } from './fan-out.ts';
import type { FollowedTopics } from './followed-topics.ts';
import { Frame } from './frame.ts';
import type { Hub } from './hub.ts';
import type { EngineLimits } from './limits.ts';
import type { Outbox, Outlet } from './outbox.ts';
import { isPresenceTopic } from './presence/presence-topic.ts';

/** A connection as the lane sees it. */
export interface Watcher {
  readonly outlet: Outlet;
  readonly user: UserId | null;
}

/** Events that may be dropped: gathered over a tick, the last value of each key goes out ([E1]). */
export class EphemeralLane {
  private readonly hub: Hub;
  private readonly outbox: Outbox;
  private readonly fanOut: FanOut;
  private readonly limits: EngineLimits;
  private readonly topics: FollowedTopics;
  /** Connections by the topics that they watch beside their live logs. */
  private readonly watchers = new Map<string, Set<Watcher>>();
  private waiting = new Map<string, Map<string, Ephemeral>>();

  constructor(parts: { hub: Hub; outbox: Outbox; fanOut: FanOut; limits: EngineLimits; topics: FollowedTopics }) {
    this.hub = parts.hub;
    this.outbox = parts.outbox;
    this.fanOut = parts.fanOut;
    this.limits = parts.limits;
    this.topics = parts.topics;
    this.outbox.onBeforeFlush(() => this.send());
  }

  receive(ephemeral: Ephemeral): void {
    const { topic, key } = ephemeral;
    if (!this.watchers.has(topic) && !((this.hub.logs.get(topic as LogId)?.live.length ?? 0) > 0)) return;
    let values = this.waiting.get(topic);
    if (values === undefined) {
      values = new Map();
      this.waiting.set(topic, values);
    }
    if (values.size >= this.limits.ephemeralKeysPerTick && !values.has(key)) {
      this.fanOut.droppedEphemerals += 1;
      return;
    }
    values.set(key, ephemeral);
    this.outbox.schedule();
  }

  watch(watcher: Watcher, topic: string): void {
    const watchers = this.watchers.get(topic);
    if (watchers !== undefined) {
      watchers.add(watcher);
      return;
    }
    this.watchers.set(topic, new Set([watcher]));
    if (!isPresenceTopic(topic)) this.topics.follow(topic);
  }

  unwatch(watcher: Watcher, topic: string): void {
    const watchers = this.watchers.get(topic);
    if (!watchers?.delete(watcher) || watchers.size > 0) return;
    this.watchers.delete(topic);
    if (!isPresenceTopic(topic)) this.topics.unfollow(topic);
  }

  private send(): void {
    if (this.waiting.size === 0) return;
    const { waiting } = this;
    this.waiting = new Map();
    for (const [topic, values] of waiting) {
      for (const ephemeral of values.values()) this.tell(topic, ephemeral);
    }
  }

  private tell(topic: string, ephemeral: Ephemeral): void {
    const frame = new Frame(ephemeral.json);
    for (const watcher of this.watchers.get(topic) ?? []) {
      this.fanOut.ephemeral(watcher.outlet, watcher.user, frame, ephemeral.except);
    }
    for (const { outlet } of this.hub.logs.get(topic as LogId)?.live ?? []) {
      this.fanOut.ephemeral(outlet, outlet.owner.user, frame, ephemeral.except);
    }
  }
}
