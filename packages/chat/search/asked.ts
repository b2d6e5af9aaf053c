import type { MessageId, RoomId, SearchHas, SearchQuery, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import type { Step } from '@confab/storage';
import { knownTo } from '../accounts/index.ts';
import { foldName } from '../text.ts';
import type { Candidate, Stretch } from './candidate-store.ts';
import { factOf, hasSuch } from './indexed-words.ts';
import { countAllRooms, idsByHandle, type VisibleRoom } from './visible-rooms.ts';
import { type Condition, conditionsOf, type Wanted, wantedOf } from './wanted.ts';

/** What is looked for, with ids in the place of names. */
export interface Asked {
  readonly wanted: Wanted;
  readonly authors: readonly UserId[];
  /** `null`: all that the asker may see. */
  readonly rooms: readonly RoomId[] | null;
  readonly has: readonly SearchHas[];
  readonly thread: boolean;
  readonly pinned: boolean;
  /** What the index is asked; with none, the messages themselves are gone through. */
  readonly conditions: readonly Condition[];
  readonly stretch: Stretch;
  readonly unknown: readonly string[];
}

/** With fewer visible rooms than this, and few of all, the index is asked for these alone. */
const mostRoomsNamed = 100;
const fewOfAll = 4;

export interface AskedOf {
  readonly asker: UserId;
  readonly query: SearchQuery;
  readonly room: RoomId | undefined;
  readonly before: MessageId | undefined;
  readonly visible: readonly VisibleRoom[];
}

/** @throws `Refusal` `search-empty` when nothing is looked for, `not-found` for a room that is not the asker's to see. */
export function* askedOf({ asker, query, room, before, visible }: AskedOf): Step<Asked> {
  const wanted = wantedOf(query.terms);
  requireSomething(wanted, query);
  if (room !== undefined && !visible.some(({ id }) => id === room)) throw new Refusal('not-found');
  const unknown = [...query.unknown];
  const authors = yield* authorsOf(asker, query.from, unknown);
  const rooms = roomsOf(query.in, room, visible, unknown);
  const { has, pinned, thread, since, until } = query;
  const conditions = wanted.phrases.flatMap(conditionsOf);
  if (authors.length > 0) conditions.push(whole(authors.map(factOf.author)));
  for (const each of has) conditions.push(whole([factOf.has(each)]));
  if (thread) conditions.push(whole([factOf.thread]));
  const named = rooms ?? (conditions.length > 0 ? yield* fewRooms(visible) : null);
  if (named !== null && named.length > 0) conditions.push(whole(named.map(factOf.room)));
  const stretch = { since, until, before: before ?? null };
  return { wanted, authors, rooms, has, thread, pinned, conditions, stretch, unknown };
}

const whole = (forms: readonly string[]): Condition => forms.map((form) => ({ form, prefix: false }));

function requireSomething(wanted: Wanted, query: SearchQuery): void {
  const filters = [query.from, query.in, query.has, query.unknown].some((each) => each.length > 0);
  const times = query.since !== null || query.until !== null;
  if (wanted.phrases.length > 0 || filters || times || query.pinned || query.thread) return;
  throw new Refusal('search-empty');
}

function* authorsOf(asker: UserId, handles: readonly string[], unknown: string[]): Step<UserId[]> {
  const byHandle = yield* idsByHandle(handles.filter((handle) => handle !== 'me'));
  const known = new Set((yield* knownTo(asker, [...byHandle.values()])).map(({ user }) => user));
  return handles.flatMap((handle) => {
    const id = handle === 'me' ? asker : byHandle.get(handle);
    if (id !== undefined && (id === asker || known.has(id))) return [id];
    unknown.push(`from:${handle}`);
    return [];
  });
}

function roomsOf(
  names: readonly string[],
  room: RoomId | undefined,
  visible: readonly VisibleRoom[],
  unknown: string[],
): RoomId[] | null {
  if (names.length === 0) return room === undefined ? null : [room];
  return names.flatMap((name) => {
    const found = visible.filter(({ kind, foldedName }) => kind !== 'direct' && foldedName === foldName(name));
    if (found.length === 0) unknown.push(`in:${name}`);
    return found.map(({ id }) => id).filter((id) => room === undefined || id === room);
  });
}

/** Who sees little of an instance would have to go through all that others say to find something. */
function* fewRooms(visible: readonly VisibleRoom[]): Step<RoomId[] | null> {
  if (visible.length > mostRoomsNamed) return null;
  return visible.length * fewOfAll < (yield* countAllRooms()) ? visible.map(({ id }) => id) : null;
}

/** Whether a candidate is what its facts have to be; what it says is asked elsewhere. */
export function factsMatch({ authors, rooms, has, thread }: Asked, candidate: Candidate): boolean {
  if (authors.length > 0 && !authors.includes(candidate.author)) return false;
  if (rooms !== null && !rooms.includes(candidate.room)) return false;
  if (thread && candidate.thread === null) return false;
  return has.every((each) => hasSuch(candidate, each));
}
