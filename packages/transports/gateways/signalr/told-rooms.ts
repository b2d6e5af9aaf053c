import { type LogId, type RoomId, roomLog, toWireError, type WireError } from '@confab/protocol';
import {
  encodeCursor,
  FollowedRooms,
  type LogFollower,
  type Outcome,
  type Positions,
  SharedEvent,
  type SharedLogs,
  type Unfollowed,
} from '../../session/index.ts';
import { wrongArgument } from './refusals.ts';

/** All rooms but these, or these and no others. */
class WantedRooms extends Set<RoomId> {
  all = false;

  override has(room: RoomId): boolean {
    return this.all !== super.has(room);
  }

  /** Makes `has` answer with this. */
  set(room: RoomId, wanted: boolean): void {
    if (this.all === wanted) this.delete(room);
    else this.add(room);
  }

  only(): void {
    this.all = false;
    this.clear();
  }
}

export type Tell = (event: SharedEvent) => void;

/**
 * The rooms whose events a connection's methods are called with. Which these are is open at first: all of the person's,
 * unless the client joins some. Nothing is told before that is settled, and nothing is lost by waiting: the rooms count
 * from where they stood when the connection began.
 */
export class ToldRooms {
  private readonly tell: Tell;
  private readonly wanted = new WantedRooms();
  private rooms: FollowedRooms | null = null;
  private logs: LogFollower | null = null;
  private started: Promise<WireError | undefined> | null = null;
  /** The last room whose history was rewritten is followed again. */
  private anew: Promise<unknown> = Promise.resolve();

  private constructor(tell: Tell, hasCursor: boolean) {
    this.tell = tell;
    this.wanted.all = hasCursor;
  }

  /** `from`: where an earlier connection stood, in all rooms. */
  static async open(
    shared: SharedLogs,
    tell: Tell,
    from?: Positions,
  ): Promise<{ told: ToldRooms } | { error: WireError }> {
    const told = new ToldRooms(tell, from !== undefined);
    const opened = await FollowedRooms.open(
      shared.session,
      {
        roomEvent: (_room, event) => tell(event),
        inboxEvent: (event) => {
          if (told.wanted.all) tell(event);
        },
        roomRemoved: (room, reason) => told.removed(room, reason),
      },
      {
        only: told.wanted,
        ...(from === undefined ? {} : { from }),
        logsWith: (handlers) => {
          told.logs = shared.follower(handlers);
          return told.logs;
        },
      },
    );
    if ('error' in opened) return opened;
    told.rooms = opened.rooms;
    return { told };
  }

  /** The room that the client means. */
  reach(text: unknown): { room: RoomId } | { error: WireError } {
    if (typeof text !== 'string' || this.rooms === null) return { error: toWireError('not-found') };
    return this.rooms.reach(text);
  }

  get isSettled(): boolean {
    return this.started !== null;
  }

  /** Whoever asked for nothing is told everything; whoever handed over a cursor has asked for that. */
  settle(all: boolean): void {
    if (this.started !== null) return;
    if (all) this.wanted.all = true;
    this.started = this.rooms?.start() ?? null;
  }

  /** From now on, or from a position on. Answers when all that was missed was told. */
  async join(text: unknown, from: Positions | undefined): Promise<Outcome<{ cursor: string }>> {
    const reached = this.reach(text);
    if ('error' in reached) return reached;
    const log = roomLog(reached.room);
    const position = from?.get(log);
    if (from !== undefined && position === undefined) return wrongArgument('cursor', 'it does not name this room');
    const narrows = this.wanted.all;
    if (narrows) this.wanted.only();
    this.settle(false);
    // Or the beginning of all rooms would set this one to where it stood when the connection began.
    await this.started;
    if (narrows) this.forgetOthers(log);
    this.wanted.set(reached.room, true);
    const isTold = this.logs?.positions.has(log) === true && position === undefined;
    const error = isTold ? undefined : await this.logs?.follow(new Map([[log, position ?? null]]));
    if (error !== undefined) return { error };
    await this.anew;
    const now = this.logs?.positions.get(log);
    return now === undefined
      ? { error: toWireError('not-found') }
      : { result: { cursor: encodeCursor(new Map([[log, now]])) } };
  }

  async leave(text: unknown): Promise<Outcome<null>> {
    const reached = this.reach(text);
    if ('error' in reached) return reached;
    if (this.started === null) this.wanted.all = true;
    this.wanted.set(reached.room, false);
    this.settle(true);
    await this.started;
    this.logs?.unfollow([roomLog(reached.room)]);
    return { result: null };
  }

  /** Was told of all rooms, is told of one from now on. */
  private forgetOthers(own: LogId): void {
    const followed = [...(this.logs?.positions.keys() ?? [])];
    this.logs?.unfollow(followed.filter((log) => log.startsWith('room:') && log !== own));
  }

  private removed(room: RoomId, reason: Unfollowed | 'left' | 'removed'): void {
    const hasOtherHistory = reason === 'epoch' || reason === 'trimmed';
    this.tell(closedLog(roomLog(room), hasOtherHistory ? 'epoch' : 'forbidden'));
    if (hasOtherHistory && this.rooms !== null) this.anew = this.rooms.beginAnew(room);
  }
}

/** Says that nothing more, or something else, is told of a log. */
export function closedLog(log: LogId, reason: 'forbidden' | 'epoch'): SharedEvent {
  const frame = { event: 'log.closed' as const, data: { log, reason } };
  return new SharedEvent(frame, JSON.stringify(frame));
}
