import {
  type EventFrame,
  inboxLog,
  type LogId,
  type RoomId,
  roomLog,
  type SpaceId,
  spaceLog,
  type WireError,
} from '@confab/protocol';
import {
  FollowedLogs,
  type GatewaySession,
  type LogPosition,
  type Positions,
  type SharedEvent,
} from '../../../session/index.ts';
import type { Directory } from '../directory.ts';
import type { Progress } from '../outbound/progress.ts';
import type { Subscriptions } from '../topics/subscriptions.ts';
import type { TopicKind } from '../topics/topic-shapes.ts';

const roomKinds: readonly TopicKind[] = ['messages', 'events', 'typing'];

export interface FollowedSetParts {
  readonly account: GatewaySession;
  readonly subscriptions: Subscriptions;
  readonly progress: Progress;
  event(event: SharedEvent): void;
  /** Whom one may know of has changed ([E4]). */
  peopleChanged(): void;
}

/**
 * The logs that a session's subscriptions need: those of rooms that come and go included. More than `FollowedRooms` has:
 * spaces too, and where a log begins is settled in `progress`, so that it is saved before anything of it is heard.
 */
export class FollowedSet {
  private readonly parts: FollowedSetParts;
  private readonly logs: FollowedLogs;
  private directory: Directory | null = null;
  /** Where rooms stood when the person was added to them, from the inbox. */
  private readonly addedAt = new Map<RoomId, LogPosition>();
  private readonly following = new Set<LogId>();
  private started = false;

  constructor(parts: FollowedSetParts) {
    this.parts = parts;
    this.logs = new FollowedLogs(parts.account, {
      event: (event) => this.hear(event),
      unfollowed: (log, reason) => this.lost(log, reason !== 'forbidden'),
    });
  }

  /** Hands on an event of the session; answers whether it was one of a followed log or about one. */
  take(event: SharedEvent): boolean {
    return this.logs.take(event);
  }

  /** Follows the inbox, and with it the coming and going of rooms, from where the directory stands. */
  begin(directory: Directory): void {
    if (this.directory !== null) return;
    this.directory = directory;
    this.started = true;
    void this.follow(new Map([[inboxLog(directory.home.me.id), directory.home.inbox]]));
  }

  /** Goes on from where an earlier connection stood. Resolves when it is settled where each log goes on. */
  async resume(directory: Directory, from: Positions): Promise<void> {
    this.directory = directory;
    const inbox = inboxLog(directory.home.me.id);
    // The inbox first: it says from where on the rooms count that were added in the meantime.
    await this.follow(new Map([[inbox, from.get(inbox) ?? directory.home.inbox]]));
    this.started = true;
    const positions = new Map<LogId, LogPosition | null>();
    for (const log of this.wanted()) {
      const room = log.slice('room:'.length) as RoomId;
      const position = from.get(log) ?? this.addedAt.get(room) ?? directory.rooms.get(room)?.position;
      positions.set(log, position ?? null);
    }
    void this.follow(positions);
    this.trim();
  }

  /** The person's rooms, at most `limit` of them. */
  rooms(limit: number): RoomId[] {
    return [...(this.directory?.rooms.keys() ?? [])].slice(0, limit);
  }

  /** Logs that the subscriptions need and that are not followed. */
  missing(): LogId[] {
    return this.wanted().filter((log) => !this.following.has(log));
  }

  /** Settles where logs begin that are followed a moment later, so that it can be saved before. */
  reserve(logs: ReadonlyMap<LogId, LogPosition>): void {
    for (const [log, position] of logs) if (!this.following.has(log)) this.parts.progress.begin(log, position);
  }

  /** Follows logs; a position of `null` begins at the head. */
  async follow(logs: ReadonlyMap<LogId, LogPosition | null>): Promise<void> {
    const { progress, account } = this.parts;
    const fresh = new Map([...logs].filter(([log]) => !this.following.has(log)));
    for (const [log, position] of fresh) {
      this.following.add(log);
      if (position !== null) progress.begin(log, position);
    }
    if (fresh.size === 0) return;
    const error: WireError | undefined = await this.logs.follow(fresh);
    // More than a connection may listen to, or the server is busy: it comes back with its cursor.
    if (error !== undefined) account.violated('overloaded');
    for (const [log] of fresh) {
      const position = this.logs.positions.get(log);
      if (position !== undefined && !progress.knows(log)) progress.begin(log, position);
    }
  }

  /** Lets go of what no subscription needs any more. */
  trim(): void {
    if (this.directory === null) return;
    const wanted = new Set([...this.wanted(), inboxLog(this.directory.home.me.id)]);
    const { progress } = this.parts;
    const known = new Set([...this.following, ...progress.positions().keys()]);
    const rest = [...known].filter((log) => !wanted.has(log));
    for (const log of rest) {
      progress.forget(log);
      this.following.delete(log);
    }
    this.logs.unfollow(rest);
  }

  private wanted(): LogId[] {
    const { directory } = this;
    const { subscriptions } = this.parts;
    if (directory === null) return [];
    const rooms = targets(subscriptions, roomKinds, [...directory.rooms.keys()]);
    const visible = [...directory.spaces.values()].filter(({ position }) => position !== null);
    const spaces = targets(
      subscriptions,
      ['space'],
      visible.map(({ id }) => id),
    );
    return [...rooms.map((room) => roomLog(room as RoomId)), ...spaces.map((space) => spaceLog(space as SpaceId))];
  }

  private hear(event: SharedEvent): void {
    const { frame } = event;
    if ('seq' in frame && frame.log.startsWith('inbox:')) this.hearInbox(frame);
    if (frame.event === 'room.renamed') {
      this.directory?.renamed(frame.log.slice('room:'.length) as RoomId, frame.data.name);
    }
    this.parts.event(event);
  }

  private hearInbox(frame: EventFrame): void {
    const { directory } = this;
    if (directory === null || !('seq' in frame)) return;
    // What the inbox told before that is in the directory already.
    const isNews = frame.seq > directory.home.inbox.seq;
    if (frame.event === 'inbox.room-added') {
      const { room } = frame.data;
      this.addedAt.set(room.info.id, room.position);
      if (isNews) directory.rooms.set(room.info.id, room);
    } else if (frame.event === 'inbox.room-removed') {
      this.addedAt.delete(frame.data.room);
      if (isNews) directory.rooms.delete(frame.data.room);
    } else if (frame.event === 'inbox.space-added') {
      if (isNews) directory.spaces.set(frame.data.space.id, frame.data.space);
    } else if (frame.event === 'inbox.space-removed') {
      if (isNews) directory.spaces.delete(frame.data.space);
    } else return;
    if (!isNews || !this.started) return;
    this.adjust(directory);
    this.parts.peopleChanged();
  }

  /** Follows what has come and lets go of what is no longer wanted. */
  private adjust(directory: Directory): void {
    this.trim();
    void this.follow(
      new Map(
        this.missing().map((log) => {
          const room = log.slice('room:'.length) as RoomId;
          return [
            log,
            this.addedAt.get(room) ?? directory.spaces.get(log.slice('space:'.length) as SpaceId)?.position ?? null,
          ];
        }),
      ),
    );
  }

  private lost(log: LogId, historyChanged: boolean): void {
    this.parts.progress.forget(log);
    this.following.delete(log);
    // Another history has begun, which has nothing to do with where the client stood.
    if (historyChanged) void this.follow(new Map([[log, null]]));
    else this.parts.peopleChanged();
  }
}

function targets(subscriptions: Subscriptions, kinds: readonly TopicKind[], all: readonly string[]): string[] {
  const interests = subscriptions.interestsIn(kinds);
  const named = interests.flatMap(({ target }) => (target === null ? [] : [target]));
  const any = interests.some(({ target }) => target === null);
  return [...new Set([...(any ? all : []), ...named])];
}
