import { type Bus, type BusMessage, type Random, type Report, type Timers, topicOf } from '@confab/engine';
import { Delivery } from '../delivery.ts';
import type { BusLimits } from '../limits.ts';
import { LinkKeeper } from '../link/link-keeper.ts';
import { encodeMessage } from '../payload/encode-message.ts';
import { emptyPayload, PayloadWriter } from '../payload/payload.ts';
import { Channels } from './channels.ts';
import { openRedisLink } from './open-redis-link.ts';
import type { RedisLink } from './redis-link.ts';
import { Subscriptions } from './subscriptions.ts';

export interface RedisBusParts {
  readonly url: string;
  readonly instance: string;
  readonly node: string;
  readonly timers: Timers;
  readonly random: Random;
  readonly report: Report;
  readonly limits: BusLimits;
}

/** Sharded pub/sub: a node hears only the partitions that hold a topic which it follows. */
export class RedisBus implements Bus {
  readonly #parts: RedisBusParts;
  readonly #channels: Channels;
  readonly #delivery: Delivery;
  readonly #subscriptions: Subscriptions;
  readonly #keeper: LinkKeeper<RedisLink>;
  /** What this tick has for each channel. */
  #batches = new Map<string, PayloadWriter>();
  /** Per link: what a lost one did not answer is nobody's burden any more. */
  #unanswered = { bytes: 0, sends: new Set<Promise<unknown>>() };
  #isClosed = false;

  constructor(parts: RedisBusParts) {
    this.#parts = parts;
    this.#channels = new Channels(parts.instance);
    this.#delivery = new Delivery(parts);
    this.#subscriptions = new Subscriptions((why) => this.#failed(this.#keeper.current, why));
    this.#subscriptions.want(this.#channels.forAll, '');
    this.#keeper = new LinkKeeper<RedisLink>({
      ...parts,
      name: 'Redis',
      open: (lost, signal) => this.#open(lost, signal),
      begin: (link) => this.#begin(link),
      end: () => this.#end(),
    });
    this.#keeper.start();
  }

  get connected(): boolean {
    return this.#keeper.current !== undefined;
  }

  publish(message: BusMessage): void {
    if (this.#isClosed) return;
    if (this.connected) this.#gather(message);
    this.#delivery.local.publish(message);
  }

  subscribe(handler: (message: BusMessage) => void): () => void {
    return this.#delivery.local.subscribe(handler);
  }

  follow(topic: string): void {
    this.#delivery.followed.add(topic);
    this.#subscriptions.want(this.#channels.of(topic), topic);
  }

  unfollow(topic: string): void {
    this.#delivery.followed.delete(topic);
    this.#subscriptions.unwant(this.#channels.of(topic), topic);
  }

  /** What was published before still goes out, if Redis takes it in time. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#flush();
    const { promise: tooLate, resolve } = Promise.withResolvers<void>();
    const cancel = this.#parts.timers.after(this.#parts.limits.closeMs, resolve);
    await Promise.race([Promise.allSettled(this.#unanswered.sends), tooLate]);
    cancel();
    this.#keeper.close();
    await this.#delivery.local.close();
  }

  #open(lost: (why: unknown) => void, signal: AbortSignal): Promise<RedisLink> {
    const { url, node, limits } = this.#parts;
    const receive = (payload: string): void => this.#delivery.receive(payload);
    return openRedisLink({ url, name: `confab:${node}`, connectMs: limits.openMs, receive, lost, signal });
  }

  async #begin(link: RedisLink): Promise<void> {
    await this.#subscriptions.begin(link);
    // Whether publishing is allowed shows here, and not with the first message.
    await link.publish(this.#channels.forAll, emptyPayload(this.#parts.node));
    this.#unanswered = { bytes: 0, sends: new Set() };
  }

  #end(): void {
    this.#subscriptions.end();
    this.#batches = new Map();
  }

  #gather(message: BusMessage): void {
    const { node, timers, limits } = this.#parts;
    const encoded = encodeMessage(message, limits.messageBytes);
    if (encoded === undefined) {
      this.#parts.report('warn', 'a message was too large for other nodes', { kind: message.kind });
      return;
    }
    const channel = this.#channels.of(topicOf(message));
    let batch = this.#batches.get(channel);
    if (batch === undefined) {
      if (this.#batches.size === 0) timers.endOfTick(() => this.#flush());
      batch = new PayloadWriter(node, limits.payloadBytes);
      this.#batches.set(channel, batch);
    }
    const full = batch.add(encoded.text, encoded.bytes);
    if (full !== undefined) this.#send(channel, full);
  }

  #flush(): void {
    const batches = this.#batches;
    this.#batches = new Map();
    for (const [channel, batch] of batches) {
      const payload = batch.finish();
      if (payload !== undefined) this.#send(channel, payload);
    }
  }

  #send(channel: string, payload: string): void {
    const link = this.#keeper.current;
    const unanswered = this.#unanswered;
    const bytes = Buffer.byteLength(payload);
    if (link === undefined || unanswered.bytes + bytes > this.#parts.limits.unansweredBytes) return;
    unanswered.bytes += bytes;
    const send = link
      .publish(channel, payload)
      .catch((error: unknown) => this.#failed(link, error))
      .finally(() => {
        unanswered.bytes -= bytes;
        unanswered.sends.delete(send);
      });
    unanswered.sends.add(send);
  }

  #failed(link: RedisLink | undefined, why: unknown): void {
    if (link !== undefined) this.#keeper.lost(link, why);
  }
}
