import type { IncomingMessage } from 'node:http';
import { Refusal } from '@confab/protocol';
import { requestLimits } from '../http/limits.ts';
import { type Manner, mannerOf } from '../http/manner.ts';
import { waitOf } from '../http/wait.ts';
import type { EventsLimits } from './limits.ts';
import { readCursor, type StreamCursor } from './stream-cursor.ts';

/** What someone who asks for events wants. */
export interface EventsQuestion {
  readonly manner: Manner;
  /** Ids or names; none is all of the asker's rooms and the inbox. */
  readonly rooms: readonly string[];
  /** Where to go on, as it was given and as it was read. */
  readonly after: string;
  readonly cursor: StreamCursor | undefined;
  readonly waitMs: number;
}

/** @throws `Refusal('invalid-params')` */
export function eventsQuestion(request: IncomingMessage, limits: EventsLimits): EventsQuestion {
  const query = new URL(request.url ?? '', 'http://localhost').searchParams;
  const rooms = [...new Set(query.getAll('room'))];
  if (rooms.length > limits.rooms) throw invalid('room', `at most ${limits.rooms} rooms`);
  if (rooms.some((room) => room === '' || room.length > requestLimits.roomChars)) throw invalid('room', 'not a room');
  const after = cursorText(request, query);
  const cursor = after === '' || after.length > limits.cursorChars ? undefined : readCursor(after);
  if (after !== '' && cursor === undefined) throw invalid('after', 'not a cursor');
  if (cursor?.kind === 'room' && rooms.length !== 1) throw invalid('after', 'the cursor of one room needs that room');
  return {
    manner: mannerOf(request.headers.accept),
    rooms,
    after,
    cursor,
    waitMs: waitOf(query.get('wait')),
  };
}

/** What a client kept by itself counts more than what its address said when it began. */
function cursorText(request: IncomingMessage, query: URLSearchParams): string {
  const header = request.headers['last-event-id'];
  return String(header ?? '') || (query.get('after') ?? '') || (query.get('lastEventId') ?? '');
}

function invalid(path: string, problem: string): Refusal {
  return new Refusal('invalid-params', { path, problem });
}
