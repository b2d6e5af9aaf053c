import { encodePublish, type OutgoingPublish } from '../event-publication.ts';
import type { Version } from '../wire/check-packet.ts';
import { encodePacket } from '../wire/codec.ts';
import type { PacketIds } from './packet-ids.ts';
import type { Progress, Step } from './progress.ts';

interface Delivery {
  readonly publish: OutgoingPublish;
  /** The event that it is a copy of; what is of no log (an answer, what is retained) has none. */
  readonly step: Step | null;
}

/**
 * What the next connection of a session has to know of a copy: sent under a packet id and not acknowledged; or, with
 * QoS 2, the client's already, so that it is not told again. `packetId` 0: nothing is left to exchange about it.
 */
export interface Unfinished {
  readonly packetId: number;
  readonly received: boolean;
  /** Names the copy among those that are told again; empty: it is not told again. */
  readonly copy: string;
}

interface InFlight {
  delivery: Delivery | null;
  readonly copy: string;
  received: boolean;
}

export interface SendWindowParts {
  readonly version: Version;
  /** Unacknowledged packets at the same time. */
  readonly maximum: number;
  /** Bytes that the client takes in one packet. */
  readonly maxPacketBytes: number;
  readonly ids: PacketIds;
  readonly progress: Progress;
  write(bytes: Buffer): void;
  /** What was queued has become less. */
  relaxed(): void;
}

/** An estimate of what a queued copy costs beside its payload. */
const queuedCopyBytes = 200;
/** Events acknowledged out of turn, above which nothing more is sent before the one that lacks. */
const maxSettledAhead = 1_000;

/** Everything that is published to one client: at most `maximum` at a time, in order, acknowledged by packet id. */
export class SendWindow {
  private readonly parts: SendWindowParts;
  private readonly inFlight = new Map<number, InFlight>();
  /** Packet ids under which an earlier connection sent copies that are told again. */
  private readonly again = new Map<string, number>();
  /** Copies that are the client's already, with the packet id of the exchange about it or 0. */
  private readonly received = new Map<string, number>();
  /** Of this connection: copies of QoS 2 that were completed out of turn. */
  private readonly early = new Map<string, Step>();
  private readonly queue: Delivery[] = [];
  private bytes = 0;

  constructor(parts: SendWindowParts, unfinished: readonly Unfinished[] = []) {
    this.parts = parts;
    this.takeUp(unfinished);
  }

  /** Bytes that wait for the client's acknowledgements. */
  get queuedBytes(): number {
    return this.bytes;
  }

  send(publish: OutgoingPublish, step: Step | null): void {
    const delivery = { publish, step };
    if (this.queue.length === 0 && this.transmit(delivery)) return;
    this.queue.push(delivery);
    this.bytes += sizeOf(delivery);
  }

  /** Completes what an earlier connection left to complete. */
  resume(): void {
    for (const packetId of this.inFlight.keys()) this.release(packetId);
  }

  /** PUBACK, or a PUBREC that refuses. */
  acknowledged(packetId: number): void {
    const sent = this.inFlight.get(packetId);
    if (!sent || sent.received) return;
    this.inFlight.delete(packetId);
    this.settle(sent.delivery);
    this.goOn();
  }

  /** PUBREC: the message is the client's, the id not yet free. Answers whether the id is known. */
  clientHas(packetId: number): boolean {
    const sent = this.inFlight.get(packetId);
    if (!sent) return false;
    sent.received = true;
    this.release(packetId);
    return true;
  }

  /** PUBCOMP. */
  completed(packetId: number): void {
    const sent = this.inFlight.get(packetId);
    if (!sent?.received) return;
    this.inFlight.delete(packetId);
    const { delivery, copy } = sent;
    if (delivery === null && copy !== '') this.received.set(copy, 0);
    if (!this.settle(delivery) && delivery?.step) this.noteEarly(copy, delivery.step);
    this.goOn();
  }

  /** Sends what may be sent now. */
  goOn(): void {
    let sent = 0;
    for (const delivery of this.queue) {
      if (!this.transmit(delivery)) break;
      this.bytes -= sizeOf(delivery);
      sent += 1;
    }
    if (sent === 0) return;
    this.queue.splice(0, sent);
    this.parts.relaxed();
  }

  /** What the next connection has to know. */
  unfinished(): Unfinished[] {
    const found = new Map<string, Unfinished>();
    for (const [copy, step] of this.early) {
      if (!this.parts.progress.isPast(step)) found.set(copy, { packetId: 0, received: true, copy });
    }
    for (const [copy, packetId] of this.again) found.set(copy, { packetId, received: false, copy });
    for (const [copy, packetId] of this.received) found.set(copy, { packetId, received: true, copy });
    const nameless: Unfinished[] = [];
    for (const [packetId, { copy, received }] of this.inFlight) {
      if (copy !== '') found.set(copy, { packetId, received, copy });
      else if (received) nameless.push({ packetId, received, copy });
    }
    return [...found.values(), ...nameless];
  }

  /** Takes up the exchanges of an earlier connection; what was not received is repeated when it is told again. */
  private takeUp(unfinished: readonly Unfinished[]): void {
    for (const { packetId, received, copy } of unfinished) {
      if (!received) this.again.set(copy, packetId);
      else if (copy !== '') this.received.set(copy, packetId);
      if (received && packetId !== 0) this.inFlight.set(packetId, { delivery: null, copy, received });
    }
  }

  private transmit(delivery: Delivery): boolean {
    const { publish } = delivery;
    const { parts, inFlight } = this;
    if (publish.copy.qos === 0) {
      const bytes = encodePublish(publish, parts.version, 0, false);
      if (bytes.length <= parts.maxPacketBytes) parts.write(bytes);
      this.settle(delivery);
      return true;
    }
    const copy = copyName(delivery);
    if (this.isReceived(copy, delivery)) return true;
    if (inFlight.size >= parts.maximum || parts.progress.settledAhead >= maxSettledAhead) return false;
    const earlier = this.again.get(copy);
    const packetId = earlier ?? parts.ids.take((id) => this.isUsed(id));
    if (packetId === undefined) return false;
    this.again.delete(copy);
    const bytes = encodePublish(publish, parts.version, packetId, earlier !== undefined);
    // The client cannot take it: for it, it was never sent (MQTT 5.0, section 3.1.2.11.4).
    if (bytes.length > parts.maxPacketBytes) {
      this.settle(delivery);
      return true;
    }
    inFlight.set(packetId, { delivery, copy, received: false });
    parts.write(bytes);
    return true;
  }

  /** Whether an earlier connection got a copy through to the client; then it only has to be settled. */
  private isReceived(copy: string, delivery: Delivery): boolean {
    const packetId = this.received.get(copy);
    if (packetId === undefined) return false;
    this.received.delete(copy);
    const exchange = this.inFlight.get(packetId);
    if (exchange?.copy === copy) exchange.delivery = delivery;
    else if (!this.settle(delivery) && delivery.step) this.noteEarly(copy, delivery.step);
    return true;
  }

  private noteEarly(copy: string, step: Step): void {
    this.early.set(copy, step);
    if (this.early.size <= 2 * maxSettledAhead) return;
    for (const [each, { log, seq, left }] of this.early) {
      if (this.parts.progress.isPast({ log, seq, left })) this.early.delete(each);
    }
  }

  private isUsed(id: number): boolean {
    if (this.inFlight.has(id)) return true;
    for (const used of this.again.values()) if (used === id) return true;
    return false;
  }

  private release(packetId: number): void {
    this.parts.write(encodePacket({ cmd: 'pubrel', messageId: packetId, reasonCode: 0 }, this.parts.version));
  }

  /** Answers whether nothing before it is unsettled. */
  private settle(delivery: Delivery | null): boolean {
    return delivery?.step ? this.parts.progress.settle(delivery.step) : true;
  }
}

function sizeOf({ publish }: Delivery): number {
  return publish.publication.payload.length + queuedCopyBytes;
}

function copyName({ publish, step }: Delivery): string {
  return step ? `${step.log} ${step.seq} ${publish.copy.topic}` : '';
}
