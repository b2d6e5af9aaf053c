import type { EphemeralEvent, RoomId, SignalKind, UserId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import type { Store } from '../api.ts';
import { ConfabError } from '../confab-error.ts';
import { Cell, guarded } from '../store.ts';
import { peerBounds, peerTimes } from './bounds.ts';
import { payloadIn, type SignalPayload } from './envelope.ts';
import { PeerLink, type PeerState } from './peer-link.ts';
import type { OpenRtc, PeerClock, PeersHost } from './ports.ts';
import { RelayLane } from './relay-lane.ts';

/** One connection of a person in the room, as one is in touch with it. */
export interface Peer {
  /** Unique in the room: a person's peer id is only unique among their own. */
  readonly key: string;
  readonly user: UserId;
  readonly peer: string;
  readonly state: PeerState;
}

export interface PeerMessage {
  readonly from: Peer;
  readonly data: unknown;
  readonly reliable: boolean;
}

export interface SendOptions {
  /** Every message, once and in order (unless told otherwise); or the newest, soon or never: pointers, positions. */
  readonly reliable?: boolean;
  /** Only to this one; to everyone unless given. */
  readonly to?: Pick<Peer, 'key'>;
}

export interface RoomPeersParts {
  readonly room: RoomId;
  readonly own: string;
  readonly host: PeersHost;
  readonly clock: PeerClock;
  readonly openRtc: OpenRtc;
}

type Signal = Extract<EphemeralEvent, { event: 'peer.signal' }>['data'];

const keyOf = (user: UserId, peer: string): string => `${user}/${peer}`;

/** The other connections that are in a room for the same reason, one's own other devices among them. */
export class RoomPeers {
  /** This connection's own peer id. */
  readonly id: string;
  readonly list: Store<readonly Peer[]>;
  /** Resolves when the room knows; rejects with `ConfabError` when it does not let one in. */
  readonly announced: Promise<void>;
  readonly #parts: RoomPeersParts;
  readonly #list = new Cell<readonly Peer[]>([]);
  readonly #links = new Map<string, PeerLink>();
  readonly #listeners = new Set<(message: PeerMessage) => void>();
  readonly #lane: RelayLane;
  readonly #lets: (() => void)[] = [];
  /** Links made so far: the generation of the newest. */
  #made = 0;
  #cancelAnnouncing = (): void => {};
  #closed = false;

  constructor(parts: RoomPeersParts) {
    this.#parts = parts;
    this.id = parts.own;
    this.list = this.#list;
    this.#lane = new RelayLane(parts.clock);
    const { host } = parts;
    this.#lets.push(
      host.hearRoom(),
      host.onEphemeral((event) => this.#heard(event)),
      // Who may not see the room any more is not in touch with it either, however they are linked.
      host.onLeft((user) => {
        for (const link of [...this.#links.values()]) if (user === null || link.user === user) this.#drop(link);
      }),
      host.onOnline(() => {
        this.#again();
        for (const link of this.#links.values()) link.again();
      }),
    );
    this.announced = this.#announce();
    this.announced.catch(() => {});
  }

  /**
   * Sends a value that JSON can hold. `false` when it was not taken for everyone it was meant for: a peer is gone, or
   * too much waits for it. Unreliable messages are dropped for peers that are not in touch yet.
   * @throws RangeError for more than `peerBounds.messageChars` characters of JSON.
   */
  send(data: unknown, { reliable = true, to }: SendOptions = {}): boolean {
    const text = JSON.stringify(data);
    const { messageChars } = peerBounds;
    if (text === undefined) throw new RangeError('Only what JSON can hold may be sent.');
    if (text.length > messageChars) throw new RangeError(`A message may have at most ${messageChars} characters.`);
    const link = to && this.#links.get(to.key);
    if (to && !link) return false;
    let taken = true;
    for (const each of link ? [link] : this.#links.values()) {
      if (!each.send(data, text.length, reliable)) taken = false;
    }
    return taken;
  }

  /** Calls `listener` with each message; the answer stops it. */
  onMessage(listener: (message: PeerMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Says goodbye and lets go of everything. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const { host, room } = this.#parts;
    this.#cancelAnnouncing();
    for (const letGo of this.#lets) letGo();
    for (const link of this.#links.values()) link.end();
    this.#links.clear();
    this.#lane.stop();
    this.#list.set([]);
    host.announce({ room, from: this.id, present: false }).catch(() => {});
  }

  async #announce(): Promise<void> {
    const { host, room, clock } = this.#parts;
    this.#cancelAnnouncing();
    if (this.#closed) return;
    this.#cancelAnnouncing = clock.after(peerTimes.announceEveryMs, () => this.#again());
    for (const link of [...this.#links.values()]) if (link.lapsed) this.#drop(link);
    await host.announce({ room, from: this.id, present: true });
  }

  #again(): void {
    this.#announce().catch(() => {});
  }

  #heard(event: EphemeralEvent): void {
    const { room } = this.#parts;
    if (event.event === 'peer.announced' && event.log === roomLog(room)) {
      const { user, from, present } = event.data;
      if (from === this.id) return;
      const link = this.#links.get(keyOf(user, from));
      // The one who came hears of us this way; whoever was here before announces only now and then.
      if (present) (link ?? this.#link(user, from))?.announced();
      else this.#drop(link);
    } else if (event.event === 'peer.signal' && event.data.room === room) this.#signalled(event.data);
  }

  #signalled({ user, from, peer, kind, payload }: Signal): void {
    if ((peer !== this.id && peer !== '*') || from === this.id) return;
    const sent = payloadIn(payload);
    if (sent === undefined) return;
    const known = this.#links.get(keyOf(user, from));
    if (kind === 'leave') {
      this.#drop(known);
      return;
    }
    const link = this.#linkFor(known, user, from, sent);
    link?.receive(kind, sent);
  }

  /** The link that a signal is for: a new one when the other side began anew, none when it is for one that was. */
  #linkFor(known: PeerLink | undefined, user: UserId, from: string, sent: SignalPayload): PeerLink | undefined {
    const restarted = known !== undefined && known.remote !== 0 && sent.g > known.remote;
    if (restarted) this.#drop(known);
    const link = restarted || known === undefined ? this.#link(user, from) : known;
    if (link === undefined || sent.g < link.remote) return undefined;
    if (sent.r === 0 || sent.r === link.generation) return link;
    // It speaks to a link that is no more: it shall know of this one.
    link.hello();
    return undefined;
  }

  #link(user: UserId, peer: string): PeerLink | undefined {
    if (this.#closed || this.#links.size >= peerBounds.peers) return undefined;
    const { clock, openRtc, own, host, room } = this.#parts;
    this.#made += 1;
    const link: PeerLink = new PeerLink({
      ...{ user, peer, own, clock, openRtc },
      generation: this.#made,
      lane: this.#lane,
      signal: (kind: SignalKind, payload: string) => {
        host.signal({ room, to: user, peer, from: own, kind, payload }).catch((error: unknown) => {
          // They left the room, or one did oneself.
          if (error instanceof ConfabError && error.wire?.retry === 'never') this.#drop(link);
        });
      },
      deliver: (data, reliable) => this.#deliver(link, data, reliable),
      changed: () => this.#show(),
    });
    this.#links.set(keyOf(user, peer), link);
    this.#show();
    return link;
  }

  /** Shows it as gone, and then no longer. */
  #drop(link: PeerLink | undefined): void {
    if (link === undefined) return;
    link.end();
    const key = keyOf(link.user, link.peer);
    if (this.#links.get(key) === link) this.#links.delete(key);
    this.#show();
  }

  #deliver(link: PeerLink, data: unknown, reliable: boolean): void {
    const message = { from: peerOf(link), data, reliable };
    for (const listener of [...this.#listeners]) guarded(() => listener(message));
  }

  #show(): void {
    if (!this.#closed) this.#list.set([...this.#links.values()].map(peerOf));
  }
}

function peerOf({ user, peer, state }: PeerLink): Peer {
  return { key: keyOf(user, peer), user, peer, state };
}
