import type { ISubscription, QoS } from 'mqtt-packet';
import { filterMatches } from './topic-filter.ts';
import { type Interest, type TopicKind, topicOf } from './topic-shapes.ts';

/** An interest with what its name was found to mean. */
export interface BoundInterest extends Interest {
  /** The room's, person's or space's id; `null`: any. */
  readonly target: string | null;
}

export interface Subscription {
  readonly filter: string;
  readonly qos: QoS;
  /** Not the session's own messages (MQTT 5.0, section 3.8.3.1). */
  readonly noLocal: boolean;
  /** Its Subscription Identifier. */
  readonly id: number | null;
  readonly interests: readonly BoundInterest[];
}

/** One copy of something for one session. */
export interface Copy {
  readonly topic: string;
  readonly qos: QoS;
  /** Subscription identifiers of all subscriptions that it is for. */
  readonly ids: readonly number[];
  /** Whether the topic has the canonical name, as most have: then the packet can be shared. */
  readonly canonical: boolean;
}

/** Retain handling of MQTT 5.0, section 3.8.3.1; MQTT 3.1.1 always sends. */
export function wantsRetained({ rh = 0 }: ISubscription, isNew: boolean): boolean {
  return rh === 0 || (rh === 1 && isNew);
}

/** What one session subscribes to. */
export class Subscriptions {
  private readonly byFilter = new Map<string, Subscription>();
  private readonly known = new Map<string, readonly Copy[]>();

  get size(): number {
    return this.byFilter.size;
  }

  all(): Subscription[] {
    return [...this.byFilter.values()];
  }

  has(filter: string): boolean {
    return this.byFilter.has(filter);
  }

  put(subscription: Subscription): void {
    this.byFilter.set(subscription.filter, subscription);
    this.known.clear();
  }

  delete(filter: string): boolean {
    this.known.clear();
    return this.byFilter.delete(filter);
  }

  /** Interests of one of the kinds, over all subscriptions. */
  interestsIn(kinds: readonly TopicKind[]): BoundInterest[] {
    return this.all().flatMap(({ interests }) => interests.filter(({ kind }) => kinds.includes(kind)));
  }

  /** The copies that the session gets of something about `target`: one for each spelling of the topic. */
  copiesOf(kind: TopicKind, target: string, own = false): readonly Copy[] {
    const key = `${own ? 'own ' : ''}${kind} ${target}`;
    let copies = this.known.get(key);
    if (copies === undefined) {
      copies = copiesFor(this.all(), kind, target, own);
      // Forgotten as a whole when there are too many, which a person with thousands of rooms may reach.
      if (this.known.size >= 1_000) this.known.clear();
      this.known.set(key, copies);
    }
    return copies;
  }

  /** The copy of something on a topic that is no event's: an answer. */
  copyOn(topic: string): Copy | undefined {
    return merged(
      topic,
      false,
      this.all().filter(({ filter }) => filterMatches(filter, topic)),
    );
  }
}

function copiesFor(subscriptions: readonly Subscription[], kind: TopicKind, target: string, own: boolean): Copy[] {
  const canonical = topicOf(kind, target);
  const byTopic = new Map<string, Subscription[]>();
  for (const subscription of subscriptions) {
    if (own && subscription.noLocal) continue;
    for (const interest of subscription.interests) {
      if (interest.kind !== kind || (interest.target !== null && interest.target !== target)) continue;
      const topic = interest.name === null ? canonical : topicOf(kind, interest.name);
      byTopic.set(topic, [...(byTopic.get(topic) ?? []), subscription]);
    }
  }
  return [...byTopic].flatMap(([topic, matching]) => merged(topic, topic === canonical, matching) ?? []);
}

/** Overlapping subscriptions get one copy, at the highest QoS (MQTT 5.0, section 3.3.4). */
function merged(topic: string, canonical: boolean, matching: readonly Subscription[]): Copy | undefined {
  if (matching.length === 0) return undefined;
  const qos = Math.max(...matching.map((each) => each.qos)) as QoS;
  return { topic, qos, canonical, ids: matching.flatMap(({ id }) => (id === null ? [] : [id])) };
}
