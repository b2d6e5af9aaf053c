import {
  type Home,
  inboxLog,
  type LogId,
  type RoomId,
  type RoomView,
  roomLog,
  toWireError,
  type WireError,
} from '@confab/protocol';
import type { LogPosition, Positions } from './cursor.ts';
import { FollowedLogs, type FollowedLogsHandlers, type Unfollowed } from './followed-logs.ts';
import type { GatewaySession } from './gateway-session.ts';
import { roomNamed } from './room-named.ts';
import type { SharedEvent } from './shared-event.ts';

export interface FollowedRoomsHandlers {
  /** An event of one of the rooms, the next of its log, or an ephemeral one of it. */
  roomEvent(room: RoomId, event: SharedEvent): void;
  /** An event of the person's inbox. Rooms added and removed are followed and left by themselves. */
  inboxEvent?(event: SharedEvent): void;
  roomAdded?(room: RoomView): void;
  /** The last that is heard of it. `epoch`: its history was rewritten. */
  roomRemoved?(room: RoomId, reason: Unfollowed | 'left' | 'removed'): void;
}

export interface FollowOptions {
  /** Where an earlier connection stood; the rooms that it did not know begin where the person was added to them. */
  readonly from?: Positions;
  /** Only these rooms (others are not told of); all of the person's unless given. Asked anew for each that comes. */
  readonly only?: Pick<ReadonlySet<RoomId>, 'has'>;
  /** Where several follow over one session: what stands in for logs of its own. */
  readonly logsWith?: (handlers: FollowedLogsHandlers) => LogFollower;
}

/** Follows logs on behalf of one follower. */
export type LogFollower = Pick<FollowedLogs, 'positions' | 'follow' | 'unfollow' | 'take'>;

/** Everything that a person hears who listens to all of their rooms: the rooms' logs and the inbox that adds to them. */
export class FollowedRooms {
  readonly home: Home;
  /** The rooms of the person, followed or not. */
  readonly rooms: Map<RoomId, RoomView>;
  private readonly handlers: FollowedRoomsHandlers;
  private readonly options: FollowOptions;
  private readonly logs: LogFollower;
  private readonly inbox: LogId;
  /** Where rooms stood when the person was added to them, from the inbox. */
  private readonly addedAt = new Map<RoomId, LogPosition>();
  /** Where logs will begin that are to be followed but are not yet: part of `positions`, or an absence would skip it. */
  private readonly beginAt = new Map<LogId, LogPosition>();
  private placed = false;
  private started = false;

  private constructor(session: GatewaySession, home: Home, handlers: FollowedRoomsHandlers, options: FollowOptions) {
    this.home = home;
    this.handlers = handlers;
    this.options = options;
    this.inbox = inboxLog(home.me.id);
    this.rooms = new Map(home.rooms.map((room) => [room.info.id, room]));
    const logHandlers: FollowedLogsHandlers = {
      event: (event) => this.hear(event),
      unfollowed: (log, reason) => this.lost(log, reason),
    };
    this.logs = options.logsWith?.(logHandlers) ?? new FollowedLogs(session, logHandlers);
  }

  /** Reads what the person is in. Nothing is followed before `start`, so that what it tells can be sent first. */
  static async open(
    session: GatewaySession,
    handlers: FollowedRoomsHandlers,
    options: FollowOptions = {},
  ): Promise<{ rooms: FollowedRooms } | { error: WireError }> {
    const outcome = await session.request('account.home', {});
    return 'error' in outcome ? outcome : { rooms: new FollowedRooms(session, outcome.result, handlers, options) };
  }

  /** Follows; resolves when what was missed since `from` was told. */
  async start(): Promise<WireError | undefined> {
    this.place();
    // The inbox first: it says from where on the rooms count that were added in the meantime.
    const inbox = this.beginAt.get(this.inbox) ?? this.home.inbox;
    const error = await this.followBegun(new Map([[this.inbox, inbox]]));
    if (error !== undefined) return error;
    this.started = true;
    for (const { info, position } of this.rooms.values()) {
      const log = roomLog(info.id);
      if (!this.wants(info.id) || this.beginAt.has(log)) continue;
      this.beginAt.set(log, this.addedAt.get(info.id) ?? position);
    }
    return this.followBegun(new Map(this.beginAt));
  }

  /** Goes on with a room whose history was rewritten, from its head on. */
  async beginAnew(room: RoomId): Promise<WireError | undefined> {
    return this.logs.follow(new Map([[roomLog(room), null]]));
  }

  /** Hears no more of a room; `only` does not want it any longer. */
  unfollow(room: RoomId): void {
    this.beginAt.delete(roomLog(room));
    this.logs.unfollow([roomLog(room)]);
  }

  /** To be handed every event of the session; answers whether it was one of these rooms or of the inbox. */
  take(event: SharedEvent): boolean {
    return this.logs.take(event);
  }

  /** Where everything stands that is followed or is about to be: after each event, the cursor that goes with it. */
  get positions(): Positions {
    this.place();
    return this.beginAt.size === 0 ? this.logs.positions : new Map([...this.beginAt, ...this.logs.positions]);
  }

  /** The room that a foreign client means: see `roomNamed`. */
  resolve(text: string): RoomId | undefined {
    return roomNamed(this.rooms.values(), this.home.spaces, text);
  }

  /** The same, or the error that the asker is told: not there and not theirs are one answer. */
  reach(text: string): { room: RoomId } | { error: WireError } {
    const room = this.resolve(text);
    return room === undefined ? { error: toWireError('not-found') } : { room };
  }

  /** Where everything begins, as far as that is known before anything is followed. */
  private place(): void {
    if (this.placed) return;
    this.placed = true;
    const { from } = this.options;
    const inbox = from?.get(this.inbox);
    this.beginAt.set(this.inbox, inbox?.epoch === this.home.inbox.epoch ? inbox : this.home.inbox);
    for (const { info, position } of this.rooms.values()) {
      const at = from === undefined ? position : from.get(roomLog(info.id));
      if (at !== undefined && this.wants(info.id)) this.beginAt.set(roomLog(info.id), at);
    }
  }

  private wants(room: RoomId): boolean {
    return this.options.only?.has(room) ?? true;
  }

  private hear(event: SharedEvent): void {
    const { frame } = event;
    if (!('log' in frame) || frame.log === undefined) return;
    if (frame.log !== this.inbox) {
      this.handlers.roomEvent(frame.log.slice('room:'.length) as RoomId, event);
      return;
    }
    if (frame.event === 'inbox.room-added') this.added(frame.data.room, frame.seq);
    if (frame.event === 'inbox.room-removed') this.removed(frame.data.room, frame.data.reason, frame.seq);
    this.handlers.inboxEvent?.(event);
  }

  private added(room: RoomView, seq: number): void {
    const { id } = room.info;
    const log = roomLog(id);
    this.addedAt.set(id, room.position);
    const isNew = seq > this.home.inbox.seq;
    // What the inbox told before is in `home` already.
    if (isNew) this.rooms.set(id, room);
    if (!this.wants(id) || !this.rooms.has(id)) return;
    if (!this.options.from?.has(log)) this.beginAt.set(log, room.position);
    if (!isNew) return;
    this.handlers.roomAdded?.(room);
    if (this.started) void this.followBegun(new Map([[log, room.position]]));
  }

  private removed(room: RoomId, reason: 'left' | 'removed', seq: number): void {
    this.addedAt.delete(room);
    if (seq <= this.home.inbox.seq || !this.rooms.delete(room)) return;
    this.beginAt.delete(roomLog(room));
    this.logs.unfollow([roomLog(room)]);
    if (this.wants(room)) this.handlers.roomRemoved?.(room, reason);
  }

  private async followBegun(logs: ReadonlyMap<LogId, LogPosition>): Promise<WireError | undefined> {
    const error = await this.logs.follow(logs);
    if (error === undefined) for (const log of logs.keys()) this.beginAt.delete(log);
    return error;
  }

  private lost(log: LogId, reason: Unfollowed): void {
    this.beginAt.delete(log);
    // A room that one was removed from is told by the inbox, which says more.
    if (log.startsWith('room:') && reason !== 'forbidden') {
      this.handlers.roomRemoved?.(log.slice('room:'.length) as RoomId, reason);
    }
  }
}
