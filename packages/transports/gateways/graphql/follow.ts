import { type EventFrame, type LogId, type RoomId, roomLog } from '@confab/protocol';
import {
  decodeCursor,
  encodeCursor,
  FollowedRooms,
  type LogPosition,
  postedMessage,
  SharedEvent,
  type Unfollowed,
} from '../../session/index.ts';
import type { GraphqlConnection } from './connection.ts';
import { EventCursor } from './event-cursor.ts';
import type { Feed } from './feed.ts';
import { overLimit, refusal, refuse } from './refusals.ts';
import { roomOf } from './run-command.ts';
import type { GraphqlContext, ToldEvent, ToldMessage } from './schema/context.ts';

/** Rooms that one subscription may name. */
const namedRooms = 1_000;

/** The subscription `messages`. Ends with `not-found` when the room is not, or no longer, one’s to hear. */
export function followMessages(
  connection: GraphqlConnection,
  context: GraphqlContext,
  room: string,
  after: string | null,
): Feed<ToldMessage> {
  const feed = connection.feed<ToldMessage>(() => follower.close());
  const follower = connection.logs.follower({
    event: (event) => {
      const message = event.once(messageKey, toldMessage);
      if (message) feed.push(message, event.text.length);
    },
    unfollowed: (_log, reason) => feed.fail(lost(reason)),
  });
  begin(feed, async () => {
    const log = roomLog(await roomOf(context, room));
    const position = after === null ? null : positionsOf(after).get(log);
    if (position === undefined) throw wrongCursor('it is of another room');
    if (feed.isOver) return;
    const error = await follower.follow(new Map([[log, position]]));
    if (feed.isOver) follower.close();
    else if (error) throw refusal(error);
  });
  return feed;
}

/** The subscription `events`. */
export function followEvents(
  connection: GraphqlConnection,
  context: GraphqlContext,
  rooms: readonly string[] | null,
  after: string | null,
): Feed<ToldEvent> {
  const cursor = new EventCursor();
  let follower: ReturnType<GraphqlConnection['logs']['follower']> | undefined;
  const tell = (event: SharedEvent): void => {
    cursor.heard(event.frame);
    const told = event.once(eventKey, toldEvent);
    feed.push({ ...told, cursor: () => cursor.text() }, event.text.length);
  };
  const feed = connection.feed<ToldEvent>(
    () => {
      connection.bystanders.delete(tell);
      follower?.close();
    },
    (told) => cursor.told(told),
  );
  begin(feed, async () => {
    const from = after === null ? undefined : positionsOf(after);
    const only = rooms === null ? undefined : await roomsOf(context, rooms);
    const opened = await FollowedRooms.open(
      connection.session,
      {
        roomEvent: (_room, event) => tell(event),
        inboxEvent: (event) => {
          const { frame } = event;
          // Known from here on: a cursor that is past this event has to say where the room begins.
          if (frame.event === 'inbox.room-added')
            cursor.begins(roomLog(frame.data.room.info.id), frame.data.room.position);
          tell(event);
        },
        roomRemoved: (room, reason) => {
          cursor.forget(roomLog(room));
          if (reason === 'left' || reason === 'removed') return;
          tell(closedLog(room));
          void all.beginAnew(room);
        },
      },
      {
        ...(from ? { from } : {}),
        ...(only ? { only } : {}),
        logsWith: (handlers) => {
          follower = connection.logs.follower(handlers);
          return follower;
        },
      },
    );
    if ('error' in opened) throw refusal(opened.error);
    const { rooms: all } = opened;
    if ([...(only ?? [])].some((room) => !all.rooms.has(room))) throw refuse('not-found');
    if (feed.isOver) return;
    connection.bystanders.add(tell);
    for (const [log, position] of all.positions) cursor.begins(log, position);
    const error = await all.start();
    // It may have been ended meanwhile, before it had begun with all of them.
    if (feed.isOver) return follower?.close();
    if (error) throw refusal(error);
    for (const [log, position] of all.positions) cursor.begins(log, position);
  });
  return feed;
}

/** Starts a subscription; what goes wrong on the way is its last word. */
function begin(feed: Feed<never> | Feed<ToldEvent> | Feed<ToldMessage>, work: () => Promise<void>): void {
  work().catch((error: unknown) => feed.fail(error));
}

async function roomsOf(context: GraphqlContext, texts: readonly string[]): Promise<ReadonlySet<RoomId>> {
  if (texts.length > namedRooms) throw overLimit(namedRooms, 'rooms in a subscription');
  const found = new Set<RoomId>();
  for (const text of texts) found.add(await roomOf(context, text));
  return found;
}

function positionsOf(after: string): ReadonlyMap<LogId, LogPosition> {
  const positions = decodeCursor(after);
  if (positions === undefined) throw wrongCursor('it is no cursor');
  return positions;
}

const wrongCursor = (problem: string) => refuse('invalid-params', { path: '/after', problem });

function lost(reason: Unfollowed): Error {
  return reason === 'forbidden'
    ? refuse('not-found')
    : wrongCursor('the history that it is of is gone; begin without it');
}

const messageKey = {};
const eventKey = {};

/** A posted message as everyone is told it: its cursor names its room only, so it is the same for all. */
function toldMessage({ frame }: SharedEvent): ToldMessage | undefined {
  const message = postedMessage(frame);
  if (message === undefined) return undefined;
  const { room, epoch, seq } = message;
  return { ...message, cursor: encodeCursor(new Map([[roomLog(room), { epoch, seq }]])) };
}

function toldEvent({ frame }: SharedEvent): Omit<ToldEvent, 'cursor'> {
  const part = <Name extends string>(name: Name): unknown => (frame as Readonly<Record<string, unknown>>)[name] ?? null;
  return {
    event: frame.event,
    log: part('log') as string | null,
    epoch: part('epoch') as number | null,
    seq: part('seq') as number | null,
    at: part('at') as number | null,
    by: part('by') as string | null,
    data: frame.data,
  };
}

/** What a client of our own protocol hears when a log was rewritten. */
function closedLog(room: RoomId): SharedEvent {
  const frame: EventFrame = { event: 'log.closed', data: { log: roomLog(room), reason: 'epoch' } };
  return new SharedEvent(frame, JSON.stringify(frame));
}
