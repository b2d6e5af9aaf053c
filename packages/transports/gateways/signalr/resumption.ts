import type { Timers } from '@confab/engine';
import type { HubEncoding } from './hub/encoding.ts';
import { type HubMessage, messageTypes } from './hub/message.ts';
import type { SignalRLimits } from './limits.ts';
import { Arrivals, ReplayBuffer } from './replay-buffer.ts';

/** What makes a connection outlive its transport: both sides number what they send and keep it until it has arrived. */
export class Resumption {
  private readonly encoding: HubEncoding;
  private readonly limits: SignalRLimits;
  private readonly timers: Timers;
  private readonly write: (bytes: Buffer) => void;
  private readonly replay: ReplayBuffer;
  private readonly arrivals = new Arrivals();
  private ackedId = 0;
  private unackedBytes = 0;
  private cancelAck: (() => void) | null = null;

  constructor(
    encoding: HubEncoding,
    { limits, timers }: { limits: SignalRLimits; timers: Timers },
    write: (bytes: Buffer) => void,
  ) {
    this.encoding = encoding;
    this.limits = limits;
    this.timers = timers;
    this.write = write;
    this.replay = new ReplayBuffer(limits.replayBytes);
  }

  get isWhole(): boolean {
    return this.replay.isWhole;
  }

  get bytes(): number {
    return this.replay.bytes;
  }

  sent(bytes: Buffer): void {
    this.replay.sent(bytes);
  }

  acked(sequenceId: number): void {
    this.replay.acked(sequenceId);
  }

  takes(message: HubMessage): boolean {
    return this.arrivals.takes(message);
  }

  beginsAt(sequenceId: number): boolean {
    return this.arrivals.beginsAt(sequenceId);
  }

  /** Acknowledges after a while, or at once when much has come: a client with too much on its hands stops sending. */
  received(bytes: number): void {
    if (this.arrivals.seen === this.ackedId) return;
    this.unackedBytes += bytes;
    if (this.unackedBytes >= this.limits.ackBytes) this.ack();
    else this.cancelAck ??= this.timers.after(this.limits.ackMs, () => this.ack());
  }

  /** What goes out first over another transport. */
  resume(): Buffer[] {
    this.arrivals.resumed();
    const { sequenceId, messages } = this.replay.resume();
    return [this.encoding.encode({ type: messageTypes.sequence, sequenceId }), ...messages];
  }

  close(): void {
    this.cancelAck?.();
    this.cancelAck = null;
  }

  private ack(): void {
    this.close();
    this.unackedBytes = 0;
    this.ackedId = this.arrivals.seen;
    this.write(this.encoding.encode({ type: messageTypes.ack, sequenceId: this.ackedId }));
  }
}
