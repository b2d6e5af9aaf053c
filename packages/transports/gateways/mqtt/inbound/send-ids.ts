import { hash } from 'node:crypto';

/** A PUBLISH of QoS 1 or 2, as it identifies itself. */
export interface SentPacket {
  readonly packetId: number;
  readonly dup: boolean;
  readonly topic: string;
  readonly payload: Uint8Array;
}

/** `[packet id, its client id, what it was about]` of a send. */
export type KnownSend = readonly [packetId: number, clientId: string, digest: string];

/** What is kept of a session's sends. */
export interface SendsState {
  /** Counts savings after which there were sends; each has client ids of its own. */
  readonly era: number;
  readonly known: readonly KnownSend[];
}

interface Known {
  readonly send: KnownSend;
  /** Of an earlier connection. */
  readonly earlier: boolean;
  /** When its acknowledgement was written (monotonic ms); `null`: not yet. */
  ackedMs: number | null;
}

const idChars = 32;
const digestChars = 8;
/** A client that says something this long after an acknowledgement was written has read it. */
const surelyReadMs = 5_000;

/**
 * Client ids for a persistent session's messages, so that one that comes again is the same message. MQTT has only a
 * packet id for that, which is used again for other messages later, and a DUP flag, which not every client sets. So
 * three things go into an id: the session with its era, the packet id with how often it was used in the era, and what
 * is said. And a connection begins by *probing*: clients repeat first and go on with what is new after, so until the
 * first message that turns out to be new, ids are made as the last connection made them.
 */
export class SendIds {
  private readonly session: string;
  private readonly max: number;
  /** Sends whose acknowledgement may not have been read, by packet id; the one noted longest ago first. */
  private readonly known: Map<number, Known>;
  private era: number;
  /** How often packet ids were used in this era, or while probing. */
  private readonly uses = new Map<number, number>();
  private probing = true;
  /** Whether this connection has an era of its own. */
  private begun = false;

  constructor(session: string, max: number, state: SendsState = { era: 0, known: [] }) {
    this.session = session;
    this.max = max;
    this.era = state.era;
    this.known = new Map(state.known.map((send) => [send[0], { send, earlier: true, ackedMs: null }]));
  }

  /** Whether a new era has to be saved before this packet gets its id. */
  needsEra(packet: SentPacket): boolean {
    if (this.begun || this.repeated(packet) !== undefined) return false;
    return !this.probing || this.uses.has(packet.packetId);
  }

  idFor(packet: SentPacket): string {
    const { packetId } = packet;
    const used = this.uses.get(packetId) ?? 0;
    const repeated = this.repeated(packet);
    if (repeated === undefined) this.uses.set(packetId, used + 1);
    const id = repeated ?? this.make(packet, used);
    this.note([packetId, id, digestOf(packet)]);
    return id;
  }

  /** A packet was answered: by a message that it made, or by one from before. */
  answered(isNew: boolean): void {
    if (isNew) this.probing = false;
  }

  acknowledged(packetId: number, nowMs: number): void {
    const known = this.known.get(packetId);
    if (known) known.ackedMs = nowMs;
  }

  /** The client said something. Answers whether there is less to know since. */
  heard(nowMs: number): boolean {
    const before = this.known.size;
    for (const [packetId, { ackedMs }] of this.known) {
      if (ackedMs !== null && nowMs - ackedMs >= surelyReadMs) this.known.delete(packetId);
    }
    return this.known.size < before;
  }

  /** What is to be saved; `next`: with a new era, so that sends from then on are apart from those before. */
  toSave(next: boolean): SendsState {
    const isUsed = this.begun && this.uses.size > 0;
    return { era: next || isUsed ? this.era + 1 : this.era, known: [...this.known.values()].map(({ send }) => send) };
  }

  /** `state` was saved; nothing got an id meanwhile. */
  saved(state: SendsState): void {
    if (state.era === this.era) return;
    this.era = state.era;
    this.uses.clear();
    this.probing = false;
    this.begun = true;
  }

  /**
   * The id of the send that this one repeats, as far as is known. In one connection a packet id that comes again
   * without the flag is free again, so it is for something new.
   */
  private repeated(packet: SentPacket): string | undefined {
    const known = this.known.get(packet.packetId);
    if (known && (packet.dup || known.earlier) && known.send[2] === digestOf(packet)) return known.send[1];
    return packet.dup ? this.make(packet, 0) : undefined;
  }

  private make({ packetId, topic, payload }: SentPacket, used: number): string {
    const facts = JSON.stringify([this.session, this.era, packetId, used, topic]);
    return hash('sha256', Buffer.concat([Buffer.from(facts), payload]), 'base64url').slice(0, idChars);
  }

  private note(send: KnownSend): void {
    this.known.delete(send[0]);
    this.known.set(send[0], { send, earlier: false, ackedMs: null });
    for (const [oldest] of this.known) {
      if (this.known.size <= this.max) break;
      this.known.delete(oldest);
    }
  }
}

function digestOf({ topic, payload }: SentPacket): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${topic}\0`), payload]), 'base64url').slice(0, digestChars);
}
