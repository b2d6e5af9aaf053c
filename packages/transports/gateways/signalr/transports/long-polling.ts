import type { ServerResponse } from 'node:http';
import type { Clock } from '@confab/engine';
import type { SignalRLimits } from '../limits.ts';
import type { Transport, TransportOwner } from './transport.ts';

interface Poll {
  readonly response: ServerResponse;
  readonly sinceMs: number;
}

/**
 * From the server the answers to one GET request after the other, from the client POST requests. What no poll has
 * fetched waits here and counts as unsent.
 */
export class LongPollingTransport implements Transport {
  readonly name = 'LongPolling';
  readonly keepsItselfAlive = true;
  private readonly owner: TransportOwner;
  private readonly limits: SignalRLimits;
  private readonly clock: Clock;
  private queue: Uint8Array[] = [];
  private queuedBytes = 0;
  private poll: Poll | null = null;
  /** Answers on their way, and their bytes. */
  private readonly leaving = new Map<ServerResponse, number>();
  private mediaType = 'text/plain; charset=utf-8';
  private state: 'fresh' | 'polling' | 'ending' | 'gone' = 'fresh';
  private endingSinceMs = 0;

  constructor(owner: TransportOwner, limits: SignalRLimits, clock: Clock) {
    this.owner = owner;
    this.limits = limits;
    this.clock = clock;
  }

  write(bytes: Uint8Array): void {
    if (this.state === 'ending' || this.state === 'gone') return;
    this.queue.push(bytes);
    this.queuedBytes += bytes.length;
    // Together with what else this turn of the event loop has to say.
    if (this.queue.length === 1) queueMicrotask(() => this.answerIfAny());
  }

  becomeBinary(): void {
    this.mediaType = 'application/octet-stream';
  }

  pendingBytes(): number {
    let bytes = this.queuedBytes;
    for (const each of this.leaving.values()) bytes += each;
    return bytes;
  }

  /** The client has to poll again when it has the answer. */
  probe(ping: Uint8Array): void {
    if (this.poll !== null) this.write(ping);
  }

  /** A client's poll. The first is answered at once: it only says that the connection is there. */
  polled(response: ServerResponse): void {
    // The other side has given the earlier one up, or there would not be another.
    this.answer(this.poll?.response, 204);
    this.poll = { response, sinceMs: this.clock.monotonic() };
    response.once('close', () => this.closed(response));
    this.owner.heard();
    if (this.state === 'fresh') {
      this.state = 'polling';
      this.answer(response, 200);
    } else this.answerIfAny();
  }

  /** What is left is for the next polls to fetch, as long as they come. */
  end(): void {
    if (this.state === 'ending' || this.state === 'gone') return;
    this.state = 'ending';
    this.endingSinceMs = this.clock.monotonic();
    this.answerIfAny();
  }

  cut(): void {
    if (this.state === 'gone') return;
    this.state = 'gone';
    this.queue = [];
    this.queuedBytes = 0;
    this.answer(this.poll?.response, 204);
    this.owner.lost(this);
  }

  look(nowMs: number): void {
    if (this.state === 'ending' && nowMs - this.endingSinceMs >= this.limits.lingerMs) this.cut();
    else if (this.poll !== null && nowMs - this.poll.sinceMs >= this.limits.pollMs)
      this.answer(this.poll.response, 200);
  }

  private answerIfAny(): void {
    const { poll } = this;
    if (poll === null || this.state === 'gone') return;
    if (this.queue.length > 0) this.answer(poll.response, 200, this.dequeue());
    else if (this.state === 'ending') this.cut();
  }

  /** Whole messages, at least one, up to the bound. */
  private dequeue(): Buffer {
    let bytes = 0;
    let count = 0;
    for (const each of this.queue) {
      if (count > 0 && bytes + each.length > this.limits.pollBytes) break;
      bytes += each.length;
      count += 1;
    }
    this.queuedBytes -= bytes;
    return Buffer.concat(this.queue.splice(0, count), bytes);
  }

  private answer(response: ServerResponse | undefined, status: 200 | 204, body: Buffer = Buffer.alloc(0)): void {
    if (response === undefined) return;
    if (this.poll?.response === response) this.poll = null;
    if (body.length > 0) this.leaving.set(response, body.length);
    const type = status === 204 ? {} : { 'content-type': this.mediaType, 'content-length': body.length };
    response.writeHead(status, { ...type, 'cache-control': 'no-cache, no-store' });
    const { socket } = response;
    response.end(body, () => {
      // Called as well when what was left could not be sent.
      if (socket?.destroyed !== true && this.leaving.delete(response)) this.owner.drained();
    });
  }

  /** A poll that was given up lost nothing, unless messages were on their way with it. */
  private closed(response: ServerResponse): void {
    if (this.poll?.response === response) this.poll = null;
    if (this.leaving.delete(response)) this.cut();
  }
}
