/** Something that a message has to say, or with `excluded` must not. */
export interface SearchTerm {
  readonly text: string;
  /** In quotes: these words whole, and in this order. */
  readonly quoted: boolean;
  readonly excluded: boolean;
}

export type SearchFilter = 'from' | 'in' | 'has' | 'is' | 'before' | 'after' | 'on';

/** A piece of what was typed, as it stands there. */
export interface SearchPiece {
  readonly filter: SearchFilter | null;
  readonly text: string;
  readonly quoted: boolean;
  readonly excluded: boolean;
  /** Its first character, and the one behind its last. */
  readonly from: number;
  readonly to: number;
}

/** `file`: of any kind. */
export const searchHas = ['link', 'code', 'file', 'picture', 'video', 'sound', 'pdf'] as const;
export type SearchHas = (typeof searchHas)[number];

export interface SearchQuery {
  readonly terms: readonly SearchTerm[];
  /** Handles, in lower case. */
  readonly from: readonly string[];
  /** Names of rooms, as typed. */
  readonly in: readonly string[];
  readonly has: readonly SearchHas[];
  readonly pinned: boolean;
  readonly thread: boolean;
  /** Unix milliseconds: from `since` on, and before `until`. */
  readonly since: number | null;
  readonly until: number | null;
  /** Filters with a value that there is none of, as they were typed. */
  readonly unknown: readonly string[];
}

const filters: ReadonlySet<string> = new Set<SearchFilter>(['from', 'in', 'has', 'is', 'before', 'after', 'on']);

/** `-`, a filter, and then something in quotes or without spaces. */
const piece = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi;

export function searchPieces(text: string): SearchPiece[] {
  const pieces: SearchPiece[] = [];
  for (const match of text.replaceAll(/[“”„«»]/g, '"').matchAll(piece)) {
    const [whole, minus = '', word = '', quoted, bare = ''] = match;
    const name = word.toLowerCase();
    const filter = filters.has(name) ? (name as SearchFilter) : null;
    // What looks like a filter and is none is something to look for, an address for instance.
    const said = quoted ?? bare;
    pieces.push({
      filter,
      text: filter === null && word !== '' ? `${word}:${said}` : said,
      quoted: quoted !== undefined,
      excluded: minus !== '',
      from: match.index,
      to: match.index + whole.length,
    });
  }
  return pieces;
}

/** Where somebody is in time. */
export interface SearchClock {
  /** Unix milliseconds. */
  readonly now: number;
  /** How far their clocks are ahead of UTC. */
  readonly utcOffsetMinutes: number;
}

const dayMs = 86_400_000;

/** A day (2026-11-21), a month, a year, `today` or `yesterday` there: from when to when; `null` for no such. */
function spanOf(value: string, { now, utcOffsetMinutes }: SearchClock): { from: number; to: number } | null {
  const offset = utcOffsetMinutes * 60_000;
  const today = Math.floor((now + offset) / dayMs) * dayMs - offset;
  if (value === 'today') return { from: today, to: today + dayMs };
  if (value === 'yesterday') return { from: today - dayMs, to: today };
  const [, year, month, day] = /^(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?$/.exec(value) ?? [];
  if (year === undefined) return null;
  const start = new Date(Date.UTC(Number(year), month === undefined ? 0 : Number(month) - 1, Number(day ?? 1)));
  const isReal = start.getUTCMonth() === Number(month ?? 1) - 1 && start.getUTCDate() === Number(day ?? 1);
  if (!isReal) return null;
  const end = new Date(start);
  if (day !== undefined) end.setUTCDate(end.getUTCDate() + 1);
  else if (month !== undefined) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCFullYear(end.getUTCFullYear() + 1);
  return { from: start.getTime() - offset, to: end.getTime() - offset };
}

interface Draft {
  from: string[];
  in: string[];
  has: SearchHas[];
  pinned: boolean;
  thread: boolean;
  since: number | null;
  until: number | null;
}

/** What each filter makes of its value; `false` when there is no such value. */
const apply: Record<SearchFilter, (draft: Draft, value: string, clock: SearchClock) => boolean> = {
  from: (draft, value) => draft.from.push(value.replace(/^@/, '').toLowerCase()) > 0,
  in: (draft, value) => draft.in.push(value.replace(/^#/, '')) > 0,
  has: (draft, value) => {
    const known = searchHas.find((each) => each === value.toLowerCase());
    return known !== undefined && draft.has.push(known) > 0;
  },
  is: (draft, value) => {
    if (value === 'pinned') draft.pinned = true;
    else if (value === 'thread') draft.thread = true;
    else return false;
    return true;
  },
  before: (draft, value, clock) => bounded(draft, null, spanOf(value, clock)?.from),
  after: (draft, value, clock) => bounded(draft, spanOf(value, clock)?.to, null),
  on: (draft, value, clock) => bounded(draft, spanOf(value, clock)?.from, spanOf(value, clock)?.to),
};

function bounded(draft: Draft, since: number | null | undefined, until: number | null | undefined): boolean {
  if (since === undefined || until === undefined) return false;
  if (since !== null) draft.since = Math.max(draft.since ?? since, since);
  if (until !== null) draft.until = Math.min(draft.until ?? until, until);
  return true;
}

/**
 * What somebody looks for: words, "quoted words", `-word`, and the filters `from:mia`, `in:general`, `has:link`,
 * `has:code`, `has:file`, `has:picture`, `has:video`, `has:sound`, `has:pdf`, `is:pinned`, `is:thread`, `before:`,
 * `after:` and `on:` with a day, month or year.
 */
export function parseSearch(text: string, clock: SearchClock): SearchQuery {
  const terms: SearchTerm[] = [];
  const unknown: string[] = [];
  const draft: Draft = { from: [], in: [], has: [], pinned: false, thread: false, since: null, until: null };
  for (const { filter, text: said, quoted, excluded, from, to } of searchPieces(text)) {
    if (filter === null) terms.push({ text: said, quoted, excluded });
    else if (said === '') continue;
    else if (excluded || !apply[filter](draft, said, clock)) unknown.push(text.slice(from, to));
  }
  return { terms, ...draft, unknown };
}
