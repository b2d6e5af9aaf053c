import type { IncomingMessage } from 'node:http';
import {
  type CloseReason,
  type LogId,
  type ReconnectWindow,
  type RoomId,
  roomLog,
  toWireError,
  type WireError,
} from '@confab/protocol';
import type { DoorParts } from '../door.ts';
import { FollowedRooms, GatewaySession, type Positions, SharedEvent } from '../session/index.ts';
import type { EventsQuestion } from './events-question.ts';
import { writeCursor, writeRoomCursor } from './stream-cursor.ts';

/** Where the events go that someone asked for. */
export interface EventsSink {
  pendingBytes(): number;
  probe(): void;
  /** The next event of its log, an ephemeral one, or `log.closed`. */
  event(event: SharedEvent): void;
  ended(reason: CloseReason, reconnect: ReconnectWindow | null): void;
}

/** `room-gone`: it had listened to rooms none of which it may see any more. */
export type NotFollowed = { readonly error: WireError } | { readonly over: 'room-gone' };

/** A session that follows what one request asked for: all rooms of a person and their inbox, or the rooms named. */
export class FollowedEvents {
  readonly session: GatewaySession;
  private readonly sink: EventsSink;
  private readonly question: EventsQuestion;
  private readonly only: Set<RoomId> | undefined;
  private rooms: FollowedRooms | null = null;

  private constructor(session: GatewaySession, question: EventsQuestion, sink: EventsSink) {
    this.session = session;
    this.question = question;
    this.sink = sink;
    this.only = question.rooms.length > 0 ? new Set() : undefined;
  }

  /** Lets the asker in and finds the rooms. Tells nothing before `start`. */
  static async open(
    parts: DoorParts,
    request: IncomingMessage,
    question: EventsQuestion,
    maxRooms: number,
    sink: EventsSink,
  ): Promise<{ followed: FollowedEvents } | NotFollowed> {
    let followed: FollowedEvents | undefined;
    const opened = await GatewaySession.open(parts, parts.credentialsOf(request), {
      address: parts.addressOf(request),
      client: `http-${question.manner}`,
      pendingBytes: () => sink.pendingBytes(),
      probe: () => sink.probe(),
      event: (event) => void followed?.rooms?.take(event),
      ended: (reason, reconnect) => sink.ended(reason, reconnect),
    });
    if ('error' in opened) return opened;
    followed = new FollowedEvents(opened.session, question, sink);
    const problem = await followed.findRooms(maxRooms);
    if (problem === undefined) return { followed };
    opened.session.left();
    return problem;
  }

  /** Resolves when what was missed since the cursor was told. */
  async start(): Promise<WireError | undefined> {
    const { cursor } = this.question;
    for (const log of cursor?.kind === 'logs' ? cursor.positions.keys() : []) {
      const room = log.slice('room:'.length) as RoomId;
      if (log.startsWith('room:') && this.rooms?.rooms.has(room) === false) this.closed(log, 'forbidden');
    }
    return this.rooms?.start();
  }

  /** The one room that was asked for; then all who follow it share their cursors. */
  get singleRoom(): RoomId | undefined {
    const [room] = this.only ?? [];
    return this.question.rooms.length === 1 ? room : undefined;
  }

  /** Where all that is followed stands after the last event that was told. */
  cursor(): string {
    const positions = this.rooms?.positions ?? new Map();
    if (this.singleRoom === undefined) return writeCursor(positions, this.only);
    const position = positions.get(roomLog(this.singleRoom));
    return position === undefined ? '' : writeRoomCursor(position);
  }

  private async findRooms(maxRooms: number): Promise<NotFollowed | undefined> {
    const { only, question } = this;
    const wanted: { only?: ReadonlySet<RoomId>; from?: Positions } = {};
    if (only !== undefined) wanted.only = only;
    const from = new Map(question.cursor?.kind === 'logs' ? question.cursor.positions : []);
    if (question.cursor !== undefined) wanted.from = from;
    const opened = await FollowedRooms.open(
      this.session,
      {
        roomEvent: (_room, event) => this.sink.event(event),
        inboxEvent: (event) => {
          if (only === undefined) this.sink.event(event);
        },
        roomRemoved: (room, reason) => this.removed(room, reason),
      },
      wanted,
    );
    if ('error' in opened) return opened;
    const { rooms } = opened;
    for (const text of question.rooms) {
      const room = rooms.resolve(text);
      if (room !== undefined) only?.add(room);
      else if (question.cursor === undefined) return { error: toWireError('not-found') };
    }
    if (only?.size === 0) return { over: 'room-gone' };
    if ((only ?? rooms.rooms).size > maxRooms) {
      return { error: toWireError('limit-reached', { limit: maxRooms, what: 'rooms in one stream' }) };
    }
    const [room] = only ?? [];
    if (question.cursor?.kind === 'room' && room !== undefined) from.set(roomLog(room), question.cursor.position);
    this.rooms = rooms;
    return undefined;
  }

  private removed(room: RoomId, reason: 'left' | 'removed' | 'forbidden' | 'epoch' | 'trimmed'): void {
    const hasOtherHistory = reason === 'epoch' || reason === 'trimmed';
    this.closed(roomLog(room), hasOtherHistory ? 'epoch' : 'forbidden');
    if (hasOtherHistory) void this.rooms?.beginAnew(room);
  }

  private closed(log: LogId, reason: 'forbidden' | 'epoch'): void {
    const frame = { event: 'log.closed' as const, data: { log, reason } };
    this.sink.event(new SharedEvent(frame, JSON.stringify(frame)));
  }
}
