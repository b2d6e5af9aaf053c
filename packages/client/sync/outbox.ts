import type { ClientId, LimitedThing, PostContext, Result, RoomId, UserId, WireError } from '@confab/protocol';
import { createIdFactory } from '@confab/protocol/ids.ts';
import { showsInRoom } from '@confab/protocol/message-fold.ts';
import type { OutboxState, SendState } from '../api.ts';
import { bounds } from '../bounds.ts';
import { refusal } from '../confab-error.ts';
import type { ClientPorts } from '../ports.ts';
import { Cell, guarded } from '../store.ts';
import { HeldSends } from './held-sends.ts';
import { OutboxPeers } from './outbox-peers.ts';
import { inQueueOrder, type OutboxStore, type QueuedSend, type SendUpload } from './outbox-store.ts';
import { RoomSender } from './room-sender.ts';

/** A send and how far it is. A delivered one stays until the room's timeline shows it. */
export interface OutboxEntry {
  send: QueuedSend;
  state: SendState;
  /** Where it stands on the room's log, once delivered. */
  seq: number | null;
}

interface OutboxLine {
  /** Posts on the connection. */
  post(send: QueuedSend & { clientId: ClientId }): Promise<Result<'message.post'>>;
  /** The server stored it at `seq` of the room's log, and the room shows it. */
  delivered(room: RoomId, seq: number): void;
  /** How long a post is kept back, in milliseconds. */
  holdMs(): number;
  /** Sends over a way that outlives the page, if there is room for it; nobody hears of it. In the order in which they are handed. */
  hand(sends: readonly (QueuedSend & { clientId: ClientId })[]): void;
  /** Whether the connection is up and belongs to the outbox's person. */
  ready(): boolean;
  /** This tab sends from now on, for all. */
  leads(): void;
}

/** What sends bring along. */
export interface OutboxFiles {
  of(uploads: readonly string[]): SendUpload[];
  taken(send: QueuedSend): void;
  /** Whether all of it is there. If not, `filesArrived` is called when more is. */
  arrived(send: QueuedSend): boolean;
  posted(send: QueuedSend): void;
  shown(send: QueuedSend): void;
  discarded(send: QueuedSend): void;
  /** It is tried again: what was there may not be any more. */
  renewed(send: QueuedSend): void;
}

interface OutboxParts {
  readonly line: OutboxLine;
  readonly files: OutboxFiles;
  changed(room: RoomId): void;
}

/**
 * Own sends, from the moment they are written until the room shows them. Each is stored before it is sent; the client
 * id makes it safe to send again ([L2]). Per room they go one after another, so that a refusal in the middle cannot
 * change their order.
 */
export class Outbox {
  readonly state = new Cell<OutboxState>({ waiting: 0, failed: 0 });
  readonly #ports: ClientPorts;
  readonly #store: OutboxStore;
  readonly #line: OutboxLine;
  readonly #files: OutboxFiles;
  readonly #changed: (room: RoomId) => void;
  readonly #newId: () => string;
  readonly #entries = new Map<string, OutboxEntry>();
  readonly #delivered = new Set<string>();
  readonly #senders = new Map<RoomId, RoomSender>();
  readonly #held: HeldSends;
  readonly #peers: OutboxPeers;
  #user: UserId | null = null;
  #lastQueuedAt = 0;
  #stored: Promise<unknown> = Promise.resolve();

  constructor(ports: ClientPorts, store: OutboxStore, name: string, { line, files, changed }: OutboxParts) {
    this.#ports = ports;
    this.#store = store;
    this.#line = line;
    this.#files = files;
    this.#changed = changed;
    this.#held = new HeldSends(ports);
    this.#newId = createIdFactory({ now: ports.clock.now, randomBytes: (count) => ports.random.bytes(count) });
    this.#peers = new OutboxPeers(ports.tabs, name, {
      leads: () => {
        this.#line.leads();
        void this.#takeOver();
      },
      queued: (send) => this.#adopt(send),
      became: (clientId, state, seq) => this.#became(clientId, state, seq),
      released: (clientId) => this.#release(clientId),
      discarded: (clientId) => this.#forget(clientId),
    });
  }

  /** Whether this tab sends, for all. */
  get leading(): boolean {
    return this.#peers.leading;
  }

  /** Shows and sends what this person left; anyone else's stays where it is. */
  async open(user: UserId): Promise<void> {
    if (this.#user === user) return;
    this.#user = user;
    this.#peers.open(user);
    await this.#load();
  }

  /** Hides everything. What is queued stays stored. */
  close(): void {
    this.#peers.close();
    for (const sender of this.#senders.values()) sender.stop();
    this.#held.clear();
    const rooms = new Set([...this.#entries.values()].map(({ send }) => send.room));
    this.#senders.clear();
    this.#entries.clear();
    this.#delivered.clear();
    this.#user = null;
    this.#count();
    for (const room of rooms) this.#changed(room);
  }

  /** Waits until everything that was written so far is on disk. */
  async settled(): Promise<void> {
    await this.#stored;
  }

  entries(room: RoomId): OutboxEntry[] {
    return [...this.#entries.values()].filter(({ send }) => send.room === room);
  }

  /** How far an own send is; `undefined` for what was not sent from here in this run. */
  stateOf(clientId: string): SendState | undefined {
    return this.#delivered.has(clientId) ? delivered : this.#entries.get(clientId)?.state;
  }

  post(room: RoomId, text: string, context?: PostContext, uploads: readonly string[] = []): string {
    const clientId = this.#newId();
    if (this.#user === null) throw refusal('unauthenticated');
    this.#lastQueuedAt = Math.max(this.#lastQueuedAt + 1, this.#ports.clock.now());
    const said = context === undefined ? { text } : { text, context };
    const brought = uploads.length === 0 ? {} : { uploads: this.#files.of(uploads) };
    const before = this.entries(room).map(({ state }) => (state.status === 'held' ? state.until : 0));
    const heldUntil = this.#held.until(this.#line.holdMs(), before);
    const hold = heldUntil === null ? {} : { heldUntil };
    const send: QueuedSend = {
      clientId,
      user: this.#user,
      room,
      ...said,
      ...brought,
      ...hold,
      queuedAt: this.#lastQueuedAt,
      error: null,
    };
    this.#files.taken(send);
    if (this.state.get().waiting >= bounds.queuedSends) {
      const { wire } = refusal('limit-reached', {
        limit: bounds.queuedSends,
        what: 'messages waiting' satisfies LimitedThing,
      });
      this.#entries.set(clientId, { send, state: wire ? { status: 'failed', error: wire } : queued, seq: null });
      this.#show(room);
      return clientId;
    }
    this.#entries.set(clientId, { send, state: this.#stateOf(send), seq: null });
    this.#show(room);
    this.#enqueue(send);
    return clientId;
  }

  /** Tries a refused send again. */
  retry(clientId: string): void {
    const entry = this.#entries.get(clientId);
    if (entry?.state.status !== 'failed') return;
    entry.send = { ...entry.send, error: null };
    entry.state = queued;
    this.#files.renewed(entry.send);
    this.#show(entry.send.room);
    this.#enqueue(entry.send);
  }

  /** Lets go of a send that is not on its way. */
  discard(clientId: string): void {
    const { send, state } = this.#entries.get(clientId) ?? {};
    if (state?.status !== 'failed' && state?.status !== 'queued' && state?.status !== 'held') return;
    this.#forget(clientId);
    if (send !== undefined) this.#files.discarded(send);
    void this.#write(() => this.#store.remove(clientId));
    this.#peers.discarded(clientId);
  }

  /** The room's timeline shows the message now, or has gone past where it would stand. */
  shown(clientId: string): void {
    const entry = this.#entries.get(clientId);
    if (entry === undefined) return;
    // The event may come before the reply: it is as good an answer.
    if (entry.state.status !== 'delivered') this.#deliver(entry.send, null);
    this.#entries.delete(clientId);
    this.#files.shown(entry.send);
    this.#count();
  }

  /** The connection came back: whatever was under way is sent again. */
  ready(): void {
    for (const sender of this.#senders.values()) sender.wake();
  }

  /** More of what a send brings along is there. */
  filesArrived(clientId: string): void {
    const entry = this.#entries.get(clientId);
    if (entry?.state.status === 'queued') this.#sendByTurn(entry.send);
  }

  /** A send does without something that it was to bring along; one of which nothing is left is let go of. */
  without(clientId: string, upload: string): void {
    const entry = this.#entries.get(clientId);
    if (entry === undefined || entry.state.status === 'delivered') return;
    const { uploads = [], ...rest } = entry.send;
    const left = uploads.filter(({ id }) => id !== upload);
    if (left.length === 0 && rest.text.trim() === '') {
      this.discard(clientId);
      return;
    }
    entry.send = left.length === 0 ? rest : { ...rest, uploads: left };
    this.#show(rest.room);
    this.#enqueue(entry.send);
  }

  /**
   * The page ends: what waits is handed over, and what could be taken back cannot any more. It stays stored until it
   * is known to have arrived; the client id makes it one message ([L2]).
   */
  leave(): void {
    const waiting = [...this.#entries.values()].filter(
      ({ state }) => state.status !== 'failed' && state.status !== 'delivered',
    );
    for (const { send } of waiting) {
      const { heldUntil, ...rest } = send;
      if (heldUntil === undefined) continue;
      this.#store.note?.(rest);
      this.#release(send.clientId);
      this.#peers.released(send.clientId);
    }
    const sends = waiting.map(({ send }) => send).sort(inQueueOrder);
    this.#line.hand(sends as (QueuedSend & { clientId: ClientId })[]);
  }

  #enqueue(send: QueuedSend): void {
    if (this.#entries.get(send.clientId)?.state.status === 'held') this.#releaseLater(send);
    this.#store.note?.(send);
    void this.#write(() => this.#store.put(send)).then(() => {
      this.#peers.queued(send);
      this.#sendByTurn(send);
    });
  }

  #sendByTurn(send: QueuedSend): void {
    const { state } = this.#entries.get(send.clientId) ?? {};
    if (!this.#peers.leading || send.error !== null || state === undefined || state.status === 'held') return;
    // What is queued after it does not wait for its files.
    if (!this.#files.arrived(send)) return;
    let sender = this.#senders.get(send.room);
    if (sender === undefined) {
      sender = new RoomSender(this.#ports, {
        ready: () => this.#line.ready(),
        wanted: (next) => this.#entries.get(next.clientId)?.send.error === null && !this.#delivered.has(next.clientId),
        post: (next) => this.#line.post(next as QueuedSend & { clientId: ClientId }),
        sent: (next) => this.#tell(next, { status: 'sent' }, null),
        queued: (next) => this.#tell(next, queued, null),
        delivered: (next, seq) => this.#deliver(next, seq),
        refused: (next, error) => this.#refuse(next, error),
      });
      this.#senders.set(send.room, sender);
    }
    sender.add(send);
  }

  #deliver(send: QueuedSend, seq: number | null): void {
    void this.#write(() => this.#store.remove(send.clientId));
    this.#files.posted(send);
    this.#tell(send, delivered, seq);
    // A reply that stands in its thread alone reads nothing in the room.
    if (seq !== null && showsInRoom(send.context ?? {})) this.#line.delivered(send.room, seq);
  }

  #refuse(send: QueuedSend, error: WireError): void {
    const failed = { ...send, error };
    const entry = this.#entries.get(send.clientId);
    if (entry !== undefined) entry.send = failed;
    void this.#write(() => this.#store.put(failed));
    this.#tell(send, { status: 'failed', error }, null);
  }

  #tell(send: QueuedSend, state: SendState, seq: number | null): void {
    this.#became(send.clientId, state, seq);
    this.#peers.became(send.clientId, state, seq);
  }

  #became(clientId: string, state: SendState, seq: number | null): void {
    const entry = this.#entries.get(clientId);
    if (entry === undefined || entry.state.status === 'delivered') return;
    entry.state = state;
    entry.seq = seq;
    entry.send = { ...entry.send, error: state.status === 'failed' ? state.error : null };
    if (state.status === 'delivered') this.#remember(clientId);
    this.#show(entry.send.room);
  }

  #remember(clientId: string): void {
    this.#delivered.add(clientId);
    if (this.#delivered.size <= bounds.rememberedSends) return;
    for (const oldest of this.#delivered) {
      this.#delivered.delete(oldest);
      return;
    }
  }

  #forget(clientId: string): void {
    const entry = this.#entries.get(clientId);
    if (entry === undefined) return;
    this.#entries.delete(clientId);
    this.#held.forget(clientId);
    this.#show(entry.send.room);
  }

  /** A send that another tab queued, or that lay in the store. */
  #adopt(send: QueuedSend): void {
    if (send.user !== this.#user || this.#delivered.has(send.clientId)) return;
    const state = this.#stateOf(send);
    const entry = this.#entries.get(send.clientId);
    if (entry === undefined) this.#entries.set(send.clientId, { send, state, seq: null });
    else if (entry.state.status === 'failed' || isWithoutMore(send, entry.send)) Object.assign(entry, { send, state });
    this.#files.taken(send);
    this.#lastQueuedAt = Math.max(this.#lastQueuedAt, send.queuedAt);
    if (state.status === 'held') this.#releaseLater(send);
    this.#show(send.room);
    this.#sendByTurn(send);
  }

  #stateOf({ error, heldUntil = 0 }: QueuedSend): SendState {
    if (error !== null) return { status: 'failed', error };
    return this.#held.isEarly(heldUntil) ? { status: 'held', until: heldUntil } : queued;
  }

  #releaseLater({ clientId, heldUntil = 0 }: QueuedSend): void {
    this.#held.hold(clientId, heldUntil, () => this.#release(clientId));
  }

  /** It cannot be taken back any more, and is sent. */
  #release(clientId: string): void {
    const entry = this.#entries.get(clientId);
    if (entry?.state.status !== 'held') return;
    this.#held.forget(clientId);
    const { heldUntil: _, ...send } = entry.send;
    entry.send = send;
    entry.state = queued;
    this.#show(send.room);
    void this.#write(() => this.#store.put(send)).then(() => this.#sendByTurn(send));
  }

  /** The tab that sent is gone; what it did not finish is in the store. */
  async #takeOver(): Promise<void> {
    await this.#load();
    const waiting = [...this.#entries.values()].filter(
      ({ state }) => state.status === 'queued' || state.status === 'sent',
    );
    for (const { send } of waiting.sort((a, b) => inQueueOrder(a.send, b.send))) this.#sendByTurn(send);
  }

  async #load(): Promise<void> {
    const user = this.#user;
    await this.#stored;
    const sends = await this.#store.load().catch(() => []);
    if (this.#user === user) for (const send of sends) this.#adopt(send);
  }

  /**
   * Writes go to the store one after another. One that fails (a full disk, a browser that forbids it) is still sent:
   * a message that only memory holds is better than none.
   */
  #write(work: () => Promise<void>): Promise<unknown> {
    this.#stored = this.#stored.then(work).catch(() => {});
    return this.#stored;
  }

  #show(room: RoomId): void {
    this.#count();
    guarded(() => this.#changed(room));
  }

  #count(): void {
    let waiting = 0;
    let failed = 0;
    for (const { state } of this.#entries.values()) {
      if (state.status === 'queued' || state.status === 'sent') waiting += 1;
      else if (state.status === 'failed') failed += 1;
    }
    const before = this.state.get();
    if (before.waiting !== waiting || before.failed !== failed) this.state.set({ waiting, failed });
  }
}

/** Another tab took something out of what it brings along. */
function isWithoutMore(send: QueuedSend, before: QueuedSend): boolean {
  return (send.uploads?.length ?? 0) < (before.uploads?.length ?? 0);
}

const queued: SendState = { status: 'queued' };
const delivered: SendState = { status: 'delivered' };
