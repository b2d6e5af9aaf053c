import type { Message, MessageId, Notice, UserId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { type Step, sql } from '@confab/storage';
import type { EventRow } from '../log.ts';
import { messagesBetween, type Place } from './message-store.ts';

/** A stretch of the timeline, both ends included: no message or notice is missing between them. */
export interface Stretch {
  readonly messages: readonly Message[];
  readonly notices: readonly Notice[];
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** At most `limit` notices with a seq in [from, to]: the last ones for `backward`, otherwise the first. Ascending. */
function* noticesBetween(
  { room, thread }: Place,
  from: number,
  to: number,
  limit: number,
  backward: boolean,
): Step<Notice[]> {
  if (thread !== undefined) return [];
  const rows = yield* sql.all<EventRow>(
    `SELECT seq, at, author, name, data FROM events WHERE log = ? AND seq >= ? AND seq <= ? AND notice = 1
     ORDER BY seq ${backward ? 'DESC' : 'ASC'} LIMIT ?`,
    roomLog(room),
    from,
    to,
    limit,
  );
  const notices = rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    by: row.author,
    event: row.name,
    data: JSON.parse(row.data) as unknown,
  }));
  return backward ? notices.reverse() : notices;
}

/**
 * The last `limit` messages and notices up to `to`. Both count, so that ten thousand joins between two messages do not
 * make a page without end.
 */
export function* stretchUpTo(place: Place, to: number, limit: number): Step<Stretch> {
  const messages = yield* messagesBetween(place, 1, to, limit + 1, true);
  const notices = yield* noticesBetween(place, 1, to, limit + 1, true);
  const seqs = [...messages, ...notices].map((item) => item.seq).sort((a, b) => b - a);
  // The first item that has no room on the page ends it; without one the page reaches the log's beginning.
  const fromSeq = (seqs[limit] ?? 0) + 1;
  const onPage = (item: { seq: number }) => item.seq >= fromSeq;
  return { messages: messages.filter(onPage), notices: notices.filter(onPage), fromSeq, toSeq: to };
}

/** The first `limit` messages and notices from `from` on; at most up to `head`. */
export function* stretchFrom(place: Place, from: number, head: number, limit: number): Step<Stretch> {
  const messages = yield* messagesBetween(place, from, head, limit + 1, false);
  const notices = yield* noticesBetween(place, from, head, limit + 1, false);
  const seqs = [...messages, ...notices].map((item) => item.seq).sort((a, b) => a - b);
  const toSeq = (seqs[limit] ?? head + 1) - 1;
  const onPage = (item: { seq: number }) => item.seq <= toSeq;
  return { messages: messages.filter(onPage), notices: notices.filter(onPage), fromSeq: from, toSeq };
}

/** The stretch around a seq, which is in it. */
export function* stretchAround(place: Place, seq: number, head: number, limit: number): Step<Stretch> {
  const middle = Math.max(1, Math.min(seq, head));
  const before = yield* stretchUpTo(place, middle - 1, Math.floor(limit / 2));
  const after = yield* stretchFrom(place, middle, head, Math.ceil(limit / 2));
  return {
    messages: [...before.messages, ...after.messages],
    notices: [...before.notices, ...after.notices],
    fromSeq: before.fromSeq,
    toSeq: after.toSeq,
  };
}

/** Everyone whom a stretch names: authors, also of what is quoted, those who did something, those to whom it was done. */
export function peopleIn({ messages, notices }: Stretch, quoted: readonly Message[]): UserId[] {
  const people = new Set<UserId>([...messages, ...quoted].map((message) => message.author));
  for (const { by, data } of notices) {
    if (by !== null) people.add(by);
    const { user, person } = data as { user?: UserId; person?: { id: UserId } };
    if (user) people.add(user);
    if (person) people.add(person.id);
  }
  return [...people];
}

/** Messages that are quoted in a stretch and do not stand in it. */
export function quotedIn({ messages }: Stretch): MessageId[] {
  const shown = new Set(messages.map(({ id }) => id));
  return [...new Set(messages.flatMap(({ quote }) => (quote && !shown.has(quote) ? [quote] : [])))];
}
