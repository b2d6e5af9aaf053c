import type { Bus } from './bus.ts';

/**
 * The topics that this node wants to hear of from others. A room may be followed for its log and for what is
 * ephemeral in it at the same time: counted here, so that the bus need not.
 */
export class FollowedTopics {
  private readonly bus: Pick<Bus, 'follow' | 'unfollow'>;
  private readonly counts = new Map<string, number>();

  constructor(bus: Pick<Bus, 'follow' | 'unfollow'>) {
    this.bus = bus;
  }

  follow(topic: string): void {
    const count = this.counts.get(topic) ?? 0;
    this.counts.set(topic, count + 1);
    if (count === 0) this.bus.follow(topic);
  }

  unfollow(topic: string): void {
    const count = this.counts.get(topic) ?? 0;
    if (count > 1) this.counts.set(topic, count - 1);
    else if (this.counts.delete(topic)) this.bus.unfollow(topic);
  }
}
