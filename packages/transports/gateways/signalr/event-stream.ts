import { type RoomId, roomLog, toWireError, type WireError } from '@confab/protocol';
import { encodeCursor, FollowedRooms, type Positions, type SharedEvent, type SharedLogs } from '../../session/index.ts';
import { closedLog } from './told-rooms.ts';

export interface StreamQuestion {
  /** By id or name; `undefined`: all of the person's, and what their inbox tells. */
  readonly rooms: readonly string[] | undefined;
  readonly after: Positions | undefined;
}

export interface StreamSink {
  /** The first that is told: where everything stands that the stream tells of. */
  opened(cursor: string): void;
  event(event: SharedEvent): void;
}

/** One stream of the events of some rooms, or of all, beside whatever else the connection is told. */
export class EventStream {
  private readonly sink: StreamSink;
  private readonly follower: { close?: () => void } = {};
  private over = false;
  private rooms: FollowedRooms | null = null;

  private constructor(sink: StreamSink) {
    this.sink = sink;
  }

  /** Tells nothing before `start`. */
  static async open(
    shared: SharedLogs,
    { rooms: names, after }: StreamQuestion,
    sink: StreamSink,
  ): Promise<{ stream: EventStream } | { error: WireError }> {
    const stream = new EventStream(sink);
    const only = names === undefined ? undefined : new Set<RoomId>();
    const opened = await FollowedRooms.open(
      shared.session,
      {
        roomEvent: (_room, event) => stream.say(event),
        inboxEvent: (event) => {
          if (only === undefined) stream.say(event);
        },
        roomRemoved: (room, reason) => {
          const hasOtherHistory = reason === 'epoch' || reason === 'trimmed';
          stream.say(closedLog(roomLog(room), hasOtherHistory ? 'epoch' : 'forbidden'));
          if (hasOtherHistory) void stream.rooms?.beginAnew(room);
        },
      },
      {
        ...(only === undefined ? {} : { only }),
        ...(after === undefined ? {} : { from: after }),
        logsWith: (handlers) => {
          const follower = shared.follower(handlers);
          stream.follower.close = () => follower.close();
          return follower;
        },
      },
    );
    const error = 'error' in opened ? opened.error : findRooms(opened.rooms, names ?? [], only);
    if (error !== undefined || 'error' in opened) {
      stream.close();
      return { error: error ?? toWireError('internal') };
    }
    stream.rooms = opened.rooms;
    return { stream };
  }

  /** Resolves when all that was missed was told; then it goes on. */
  async start(): Promise<WireError | undefined> {
    const { rooms } = this;
    if (this.over || rooms === null) return undefined;
    this.sink.opened(encodeCursor(rooms.positions));
    return rooms.start();
  }

  close(): void {
    this.over = true;
    this.follower.close?.();
  }

  private say(event: SharedEvent): void {
    if (!this.over) this.sink.event(event);
  }
}

function findRooms(rooms: FollowedRooms, names: readonly string[], only?: Set<RoomId>): WireError | undefined {
  for (const name of names) {
    const reached = rooms.reach(name);
    if ('error' in reached) return reached.error;
    only?.add(reached.room);
  }
  return undefined;
}
