import type { FoundMessage, MessageId, Result, UserId } from '@confab/protocol';
import { parseSearch } from '@confab/protocol/search-query.ts';
import type { Step } from '@confab/storage';
import { peopleByIds } from '../accounts/index.ts';
import { namedFilesOf } from '../files/index.ts';
import { messagesInAnyRoom } from '../messages/index.ts';
import { operation } from '../operation.ts';
import type { Transaction } from '../transaction.ts';
import { type Asked, askedOf, factsMatch } from './asked.ts';
import { type Candidate, candidatesOf } from './candidate-store.ts';
import { candidatesByWords } from './candidates-by-words.ts';
import { wholeText } from './indexed-words.ts';
import { type MessageMatch, matchMessage } from './match-message.ts';
import { type VisibleRoom, visibleRooms } from './visible-rooms.ts';

const defaultLimit = 20;

/** How many messages one search reads, whatever comes of it; the next page goes on after them. */
const mostRead = 1_000;
/** Matches, the newest ones, among which the best are chosen. */
const mostRanked = 400;

interface Match extends MessageMatch {
  readonly id: MessageId;
}

interface Matches {
  readonly matches: readonly Match[];
  /** Set when there may be more: before which message they are. */
  readonly next: MessageId | null;
}

function found(asker: UserId, asked: Asked, before: MessageId | null, limit: number): Step<Candidate[]> {
  const stretch = { ...asked.stretch, before };
  if (asked.pinned) return candidatesOf('pins', asker, stretch, limit);
  if (asked.conditions.length === 0) return candidatesOf('all', asker, stretch, limit);
  return candidatesByWords(asker, asked.conditions, stretch, limit);
}

function* candidates(asker: UserId, asked: Asked, before: MessageId | null, limit: number): Step<Candidate[]> {
  const page = yield* found(asker, asked, before, limit);
  const files = yield* namedFilesOf(page.map(({ id }) => id));
  if (files.size === 0) return page;
  return page.map((each) => ({ ...each, files: files.get(each.id) ?? [] }));
}

/** Whether a message is what is looked for. What stands in the name of a file is not marked. */
function matchOf(candidate: Candidate, asked: Asked): MessageMatch | null {
  if (!factsMatch(asked, candidate)) return null;
  const match = matchMessage(wholeText(candidate), asked.wanted);
  return match && { ...match, marks: match.marks.filter(([, to]) => to <= candidate.text.length) };
}

/** The newest `limit` matches: candidates are read until there are so many, or too many were read. */
function* matchesOf(asker: UserId, asked: Asked, limit: number): Step<Matches> {
  const matches: Match[] = [];
  if (asked.unknown.length > 0) return { matches, next: null };
  let { before } = asked.stretch;
  for (let read = 0; read < mostRead; ) {
    // A few more than are wanted, for most of what the index finds is what is looked for; otherwise twice as many
    // with each further question.
    const batch = Math.min(mostRead - read, Math.max(limit - matches.length + 10, 2 * read));
    const page = yield* candidates(asker, asked, before, batch);
    for (const candidate of page) {
      const match = matchOf(candidate, asked);
      if (match !== null && matches.length === limit) return { matches, next: before };
      if (match !== null) matches.push({ ...match, id: candidate.id });
      before = candidate.id;
    }
    read += page.length;
    if (page.length < batch) return { matches, next: null };
  }
  return { matches, next: before };
}

function* shown(
  tx: Transaction,
  asker: UserId,
  { matches, next }: Matches,
  asked: Asked,
  visible: readonly VisibleRoom[],
): Step<Result<'search.messages'>> {
  const stored = yield* messagesInAnyRoom(matches.map(({ id }) => id));
  const messages = new Map((yield* tx.withParts(asker, stored)).map((message) => [message.id, message]));
  const found = matches.flatMap(({ id, marks }): FoundMessage[] => {
    const message = messages.get(id);
    return message ? [{ message, marks }] : [];
  });
  const roomIds = new Set(found.map(({ message }) => message.room));
  return {
    found,
    people: yield* peopleByIds([...new Set(found.map(({ message }) => message.author))]),
    rooms: visible.filter(({ id }) => roomIds.has(id)).map(({ id, space, kind, name }) => ({ id, space, kind, name })),
    ...(next === null ? {} : { next }),
    unknown: [...asked.unknown],
  };
}

export const searchMessages = operation({
  name: 'search.messages',
  kind: 'read',
  access: { who: 'user' },
  limit: 'search',
  *run({ actor, tx }, { text, room, order = 'newest', before, limit = defaultLimit, utcOffsetMinutes = 0 }) {
    const query = parseSearch(text, { now: tx.now, utcOffsetMinutes });
    const visible = yield* visibleRooms(actor.user);
    const asked = yield* askedOf({ asker: actor.user, query, room, before, visible });
    if (order === 'newest') {
      return yield* shown(tx, actor.user, yield* matchesOf(actor.user, asked, limit), asked, visible);
    }
    const { matches } = yield* matchesOf(actor.user, asked, mostRanked);
    // Of equal ones the newest stays first.
    const best = matches.toSorted((a, b) => b.score - a.score).slice(0, limit);
    return yield* shown(tx, actor.user, { matches: best, next: null }, asked, visible);
  },
});
