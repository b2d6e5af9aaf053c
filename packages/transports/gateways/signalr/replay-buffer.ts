import { counts, type HubMessage, messageTypes } from './hub/message.ts';

interface Kept {
  readonly id: number;
  readonly bytes: Buffer;
}

/**
 * What was sent and not acknowledged yet, to be sent again on a resumed connection. Messages that count are numbered
 * from 1 by both sides alike; the numbers themselves go over the wire only in acknowledgements.
 */
export class ReplayBuffer {
  private readonly maxBytes: number;
  private kept: Kept[] = [];
  private lastId = 0;
  private ackedId = 0;
  private keptBytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.keptBytes;
  }

  /** Whether everything that the client may be missing is still there. */
  get isWhole(): boolean {
    return (this.kept[0]?.id ?? this.lastId + 1) === this.ackedId + 1;
  }

  /** A message that counts is sent, or will be. Above the bound the oldest are let go of. */
  sent(bytes: Buffer): void {
    this.lastId += 1;
    this.kept.push({ id: this.lastId, bytes });
    this.keptBytes += bytes.length;
    let gone = 0;
    while (this.keptBytes > this.maxBytes && gone < this.kept.length)
      this.keptBytes -= this.kept[gone++]?.bytes.length ?? 0;
    if (gone > 0) this.kept = this.kept.slice(gone);
  }

  /** The client has everything up to this number; one that was never sent counts for the last that was. */
  acked(id: number): void {
    this.ackedId = Math.max(this.ackedId, Math.min(id, this.lastId));
    const first = this.kept.findIndex((each) => each.id > this.ackedId);
    const gone = first < 0 ? this.kept : this.kept.slice(0, first);
    this.kept = first < 0 ? [] : this.kept.slice(first);
    for (const { bytes } of gone) this.keptBytes -= bytes.length;
  }

  /** What goes out first on a resumed connection: the number of the next message that counts, and those messages. */
  resume(): { readonly sequenceId: number; readonly messages: readonly Buffer[] } {
    return { sequenceId: this.kept[0]?.id ?? this.lastId + 1, messages: this.kept.map(({ bytes }) => bytes) };
  }
}

/** The other direction: which of the client's messages have been seen, over all of the connection's transports. */
export class Arrivals {
  private nextId = 1;
  private seenId = 0;
  private waitsForSequence = false;

  /** The number up to which everything has arrived. */
  get seen(): number {
    return this.seenId;
  }

  /** The client goes on over another transport; it says first where it begins. */
  resumed(): void {
    this.waitsForSequence = true;
  }

  /** Whether a message is to be heeded: it is not a repetition, and the client has said where it begins. */
  takes(message: HubMessage): boolean {
    if (this.waitsForSequence) return message.type === messageTypes.sequence;
    if (!counts(message)) return true;
    const id = this.nextId;
    this.nextId += 1;
    if (id <= this.seenId) return false;
    this.seenId = id;
    return true;
  }

  /**
   * Answers whether the client can begin there: a higher number than the next unseen one would leave something out.
   * It may be higher than where it began last, when it was cut off again before it had repeated everything.
   */
  beginsAt(sequenceId: number): boolean {
    if (sequenceId > this.seenId + 1 || sequenceId < 1) return false;
    this.nextId = sequenceId;
    this.waitsForSequence = false;
    return true;
  }
}
