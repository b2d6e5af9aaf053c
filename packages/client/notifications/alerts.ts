import type { LoggedEvent, Message, MessageId, RoomId, UserId } from '@confab/protocol';
import { decideNotification, levelOf } from '@confab/protocol/decide-notification.ts';
import { isQuiet } from '@confab/protocol/quiet-hours.ts';
import type { Confab, RoomState } from '../api.ts';

/** What has to be known of a message to ring. */
export type RingingMessage = Pick<
  Message,
  | 'id'
  | 'room'
  | 'seq'
  | 'author'
  | 'text'
  | 'postedAt'
  | 'deletedAt'
  | 'thread'
  | 'alsoInRoom'
  | 'mentions'
  | 'mentionsAll'
>;

/** A message that rings for whoever is signed in ([O1]). */
export interface Alert {
  readonly room: RoomState;
  readonly message: RingingMessage;
  /** One wanted to be reminded of it. */
  readonly reminder: boolean;
}

export interface AlertsOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly onAlert: (alert: Alert) => void;
}

const bounds = {
  /** What is older when it is heard, after a night's sleep of the device, is unread but does not ring. */
  freshMs: 5 * 60_000,
  /** Messages of one burst in one room that are looked at. */
  perLook: 20,
  /** Messages that are known to have rung. */
  remembered: 500,
} as const;

interface Heard {
  readonly named: boolean;
  readonly follows: boolean;
}

/**
 * Hears what rings. Rooms that nobody looks at tell no more than how far they are, so that what was said in them is
 * asked for where it may ring: in directs and groups, in rooms set to everything, where one is mentioned, and in
 * threads that one follows.
 */
export class Alerts {
  readonly #confab: Confab;
  readonly #options: AlertsOptions;
  /** How far each room was when it was looked at last. */
  readonly #seen = new Map<RoomId, { readonly seq: number; readonly count: number }>();
  readonly #rung = new Set<MessageId>();
  readonly #stops: (() => void)[] = [];

  constructor(confab: Confab, options: AlertsOptions) {
    this.#confab = confab;
    this.#options = options;
  }

  start(): void {
    const { rooms } = this.#confab;
    for (const room of rooms.list.get()) this.#seen.set(room.info.id, room.position);
    this.#stops.push(
      this.#confab.onEvent((event) => this.#heard(event)),
      rooms.list.subscribe(() => this.#moved(rooms.list.get())),
    );
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  get #me(): UserId | null {
    const account = this.#confab.account.state.get();
    return account.status === 'signed-in' ? account.me.id : null;
  }

  #heard(event: LoggedEvent): void {
    if (event.at < this.#options.now() - bounds.freshMs) return;
    if (event.event === 'message.posted' && event.by !== null) {
      const { seq, at: postedAt, by: author, data } = event;
      const room = event.log.slice('room:'.length) as RoomId;
      const message: RingingMessage = { ...data, room, seq, author, postedAt, deletedAt: null };
      this.#consider(message, { named: this.#names(message), follows: this.#follows(message.thread) });
    } else if (event.event === 'inbox.mentioned') {
      void this.#confab
        .call('message.show', { message: event.data.message })
        .then(({ message }) => this.#consider(message, { named: true, follows: false }))
        .catch(() => {});
    } else if (event.event === 'inbox.reminder-changed' && event.data.toldAt !== null) {
      void this.#confab
        .call('message.show', { message: event.data.message })
        .then(({ message }) => this.#remind(message))
        .catch(() => {});
    } else if (event.event === 'inbox.thread-changed' && event.data.following) {
      const { room, root, replies, readIndex } = event.data;
      if (replies > readIndex) void this.#look(room, { thread: root });
    }
  }

  /** Rooms that nobody looks at went on. */
  #moved(rooms: readonly RoomState[]): void {
    const settings = this.#confab.settings.state.get();
    for (const { info, membership, position, unread } of rooms) {
      const before = this.#seen.get(info.id);
      this.#seen.set(info.id, position);
      if (before === undefined || position.count <= before.count || unread === 0 || membership === null) continue;
      if (levelOf({ kind: info.kind, membership, settings }) !== 'all') continue;
      void this.#look(info.id, { after: Math.max(before.seq, membership.readSeq) });
    }
  }

  async #look(room: RoomId, where: { after: number } | { thread: MessageId }): Promise<void> {
    try {
      const { messages } = await this.#confab.call('message.list', { room, ...where, limit: bounds.perLook });
      for (const message of messages) {
        if (message.postedAt < this.#options.now() - bounds.freshMs) continue;
        this.#consider(message, { named: this.#names(message), follows: 'thread' in where });
      }
    } catch {
      // Without an answer nothing rings; the list of rooms shows that something is unread.
    }
  }

  #names({ mentions }: RingingMessage): boolean {
    const me = this.#me;
    return me !== null && mentions?.includes(me) === true;
  }

  #follows(thread: MessageId | undefined): boolean {
    return thread !== undefined && this.#confab.threads.state(thread).get()?.following === true;
  }

  #consider(message: RingingMessage, { named, follows }: Heard): void {
    const { rooms, settings, blocks } = this.#confab;
    const [me, room] = [this.#me, rooms.room(message.room).get()];
    if (me === null || room === undefined || this.#rung.has(message.id)) return;
    const { info, membership } = room;
    const shows = message.thread === undefined || message.alsoInRoom === true;
    if (shows && membership !== null && membership.readSeq >= message.seq) return;
    const decision = decideNotification({
      ...{ me, message, named, follows, membership, kind: info.kind, now: this.#options.now() },
      settings: settings.state.get(),
      blocks: blocks.users.get().has(message.author),
    });
    if (decision !== 'alert') return;
    this.#remember(message.id);
    this.#options.onAlert({ room, message, reminder: false });
  }

  #remind(message: RingingMessage): void {
    const room = this.#confab.rooms.room(message.room).get();
    const { doNotDisturb } = this.#confab.settings.state.get();
    if (room === undefined || isQuiet(doNotDisturb, this.#options.now())) return;
    this.#options.onAlert({ room, message, reminder: true });
  }

  #remember(message: MessageId): void {
    this.#rung.add(message);
    const [oldest] = this.#rung;
    if (this.#rung.size > bounds.remembered && oldest !== undefined) this.#rung.delete(oldest);
  }
}
