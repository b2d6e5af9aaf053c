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

const idChars = 32;
const digestChars = 8;

/**
 * Client ids for a persistent session's messages, so that one that comes again is the same message. MQTT has only a
 * packet id for that, which is used again for other messages later, so three things go into an id: the session with
 * its era, the packet id with how often it was used in the era, and what is said.
 *
 * A packet with the DUP flag is looked for among the sends that are known (they outlive a connection, and a server that
 * closes in order). If a server was killed since, it is taken for the first use of its packet id in the last era.
 */
export class SendIds {
  private readonly session: string;
  private readonly known: Map<number, KnownSend>;
  private readonly max: number;
  private era: number;
  /** How often packet ids were used in this era. */
  private readonly uses = new Map<number, number>();
  /** Whether this connection has an era of its own yet. */
  private begun = false;
  private reused = false;

  constructor(session: string, max: number, state: SendsState = { era: 0, known: [] }) {
    this.session = session;
    this.max = max;
    this.era = state.era;
    this.known = new Map(state.known.map((send) => [send[0], send]));
  }

  /** Whether `toSave` has to be saved before this packet gets its id. */
  needsEra({ dup }: SentPacket): boolean {
    return !dup && !this.begun;
  }

  /** Whether a packet id was used twice in this era: time for the next. */
  get wantsEra(): boolean {
    return this.reused;
  }

  idFor(packet: SentPacket): string {
    const { packetId, dup } = packet;
    const digest = digestOf(packet);
    if (dup) {
      const known = this.known.get(packetId);
      const id = known?.[2] === digest ? known[1] : this.make(packet, 0);
      this.note(packetId, id, digest);
      return id;
    }
    const used = this.uses.get(packetId) ?? 0;
    this.uses.set(packetId, used + 1);
    this.reused ||= used > 0;
    const id = this.make(packet, used);
    this.note(packetId, id, digest);
    return id;
  }

  /** What is to be saved; `next`: with a new era, so that sends from then on are apart from those before. */
  toSave(next: boolean): SendsState {
    return { era: next || this.uses.size > 0 ? this.era + 1 : this.era, known: [...this.known.values()] };
  }

  /** `state` was saved; nothing got an id meanwhile. */
  saved(state: SendsState): void {
    if (state.era === this.era) return;
    this.era = state.era;
    this.uses.clear();
    this.reused = false;
    this.begun = true;
  }

  private make({ packetId, topic, payload }: SentPacket, used: number): string {
    const facts = JSON.stringify([this.session, this.era, packetId, used, topic]);
    return hash('sha256', Buffer.concat([Buffer.from(facts), payload]), 'base64url').slice(0, idChars);
  }

  private note(packetId: number, id: string, digest: string): void {
    // Deleted first, so that the one noted longest ago stands first.
    this.known.delete(packetId);
    this.known.set(packetId, [packetId, id, digest]);
    for (const [oldest] of this.known) {
      if (this.known.size <= this.max) break;
      this.known.delete(oldest);
    }
  }
}

function digestOf({ topic, payload }: SentPacket): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${topic}\0`), payload]), 'base64url').slice(0, digestChars);
}
