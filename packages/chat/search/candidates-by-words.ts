import type { UserId } from '@confab/protocol';
import { type Sql, type Step, sql } from '@confab/storage';
import { type Candidate, columns, idsOf, type Stretch, visible } from './candidate-store.ts';
import { placeAt, placeOf } from './place.ts';
import type { Condition, WantedForm } from './wanted.ts';

/**
 * Both databases find the newest first and stop when they have enough. What is said often is found among the newest
 * messages, which are looked through one by one: an index would gather all of it before it could tell the first one.
 * Where these hold a few of what is looked for, a good many more are looked through. Then the index is asked, for what
 * is whole and for rare words; of common words it is compared whether they are there.
 */
const newest = 1_000;
const further = 9_000;

/** Of so many finds among the newest there are enough among a good many more. */
const seldom = 5;

/** In how many of so many a word may be begun for the index to be asked for it, which gathers all beginnings. */
const sampled = 400;
const often = 20;

/** To fetch one message and compare it takes as long as to gather so many in the index. */
const comparedFor = 15;

/** Of more forms than this a condition is left to the index and to whoever looks at the candidates. */
const fewForms = 8;

/** Messages from one id on, and before another; with the places of these, by which they are in order. */
interface Span {
  readonly first: bigint;
  readonly last: bigint;
  readonly from: string;
  readonly end: string;
}

const lastPlace = (1n << 63n) - 1n;

function spanOf(stretch: Stretch): Span {
  const { from, end } = idsOf(stretch);
  const first = stretch.since === null ? 0n : placeAt(stretch.since);
  if (end === stretch.before) return { first, last: placeOf(stretch.before), from, end };
  return { first, last: stretch.until === null ? lastPlace : placeAt(stretch.until), from, end };
}

const partsOf = ({ first, last, from, end }: Span) => [first, last, from, end] as const;

/** With a span's parts as its parameters, in their order. */
const inSpan = (mark: (index: number) => string = () => '?') =>
  `s.place >= ${mark(1)} AND s.place <= ${mark(2)} AND s.message_id >= ${mark(3)} AND s.message_id < ${mark(4)}`;
const newestFirst = 'ORDER BY s.place DESC, s.message_id DESC';

/** As it stands among a message's words. */
const written = ({ form, prefix }: WantedForm): string => ` ${form}${prefix ? '' : ' '}`;

/** Where a text stands in another, from 1 on, byte by byte: LIKE goes through it letter by letter. */
const placeIn = { sqlite: 'instr', postgres: 'strpos' } as const;
type Dialect = keyof typeof placeIn;

const holds = (condition: Condition, dialect: Dialect, parameter: () => string = () => '?'): string =>
  `(${condition.map(() => `${placeIn[dialect]}(s.words, ${parameter()}) > 0`).join(' OR ')})`;

/** Of what is whole the indexes take their way through all that there is of it, and gather nothing. */
const hasBeginnings = (condition: Condition): boolean => condition.some(({ prefix }) => prefix);

/** What people look for has many shapes. */
const forOneCall = (textFor: (dialect: Dialect) => string): Sql => ({
  sqlite: textFor('sqlite'),
  postgres: textFor('postgres'),
  kept: false,
});

const writtenOf = (conditions: readonly Condition[]): string[] =>
  conditions.flatMap((condition) => condition.map(written));

/** The newest messages of a span, and those before them. */
function* cut(span: Span, count: number): Step<{ recent: Span; older: Span | null }> {
  const at = yield* sql.get<{ place: number; id: string }>(
    `SELECT s.place, s.message_id AS id FROM search_words s WHERE ${inSpan()} ${newestFirst} LIMIT 1 OFFSET ?`,
    ...[...partsOf(span), count - 1],
  );
  if (at === undefined) return { recent: span, older: null };
  const place = BigInt(at.place);
  return { recent: { ...span, first: place, from: at.id }, older: { ...span, last: place, end: at.id } };
}

function* amongNewest(asker: UserId, conditions: readonly Condition[], span: Span, limit: number): Step<Candidate[]> {
  return yield* sql.all<Candidate>(
    forOneCall((dialect) => {
      const held = conditions.map((condition) => holds(condition, dialect));
      return `SELECT ${columns} FROM search_words s JOIN messages m ON m.id = s.message_id ${visible('?')}
        AND ${[inSpan(), ...held].join(' AND ')} ${newestFirst} LIMIT ?`;
    }),
    ...[asker, asker, asker, ...partsOf(span), ...writtenOf(conditions), limit],
  );
}

/** In how many of the newest messages of a span each condition holds. */
function* counted(conditions: readonly Condition[], span: Span): Step<number[]> {
  const row = yield* sql.get<Record<string, number | null>>(
    forOneCall((dialect) => {
      const sums = conditions.map(
        (each, index) => `SUM(CASE WHEN ${holds(each, dialect)} THEN 1 ELSE 0 END) AS n${index}`,
      );
      return `SELECT ${sums.join(', ')} FROM (
        SELECT s.words FROM search_words s WHERE ${inSpan()} ${newestFirst} LIMIT ?) AS s`;
    }),
    ...[...writtenOf(conditions), ...partsOf(span), sampled],
  );
  return conditions.map((_, index) => Number(row?.[`n${index}`] ?? 0));
}

const quoted = ({ form, prefix }: WantedForm): string => `"${form}"${prefix ? '*' : ''}`;
const lexeme = ({ form, prefix }: WantedForm): string => `'${form}'${prefix ? ':*' : ''}`;

/** Conditions as each database reads them. They hold letters, marks, numbers, emoji, `.` and `:` alone. */
function matchOf(conditions: readonly Condition[], dialect: 'sqlite' | 'postgres'): string {
  const [form, or, and] = dialect === 'sqlite' ? [quoted, ' OR ', ' AND '] : [lexeme, ' | ', ' & '];
  return conditions.map((condition) => `(${condition.map(form).join(or)})`).join(and);
}

/** Before the forms: a span's parts, the asker, the limit, what the index is asked in SQLite's words and in PostgreSQL's. */
const writtenFrom = 9;

/**
 * What SQLite's index has not taken in yet is compared in all conditions. Each statement names the other's words as
 * well: a parameter that is not used is not taken.
 */
function olderSql(asked: readonly Condition[], compared: readonly Condition[]): Sql {
  const inWordsOf = (dialect: Dialect) => {
    const mark = dialect === 'sqlite' ? '?' : '$';
    let next = writtenFrom;
    const parameter = () => `${mark}${next++}`;
    const hold = (conditions: readonly Condition[]) =>
      conditions.map((each) => ` AND ${holds(each, dialect, parameter)}`).join('');
    return { span: inSpan((index) => `${mark}${index}`), rest: hold(compared), parameter, hold };
  };
  const [sqlite, postgres] = [inWordsOf('sqlite'), inWordsOf('postgres')];
  const named = asked.flat().map(() => ` AND ${postgres.parameter()}::text <> ''`);
  return {
    sqlite: `SELECT id, room, author, text, thread FROM (
        SELECT * FROM (
          SELECT ${columns} FROM search_words s CROSS JOIN messages m ON m.id = s.message_id ${visible('?5')}
            AND s.place > (SELECT place FROM search_mark) AND ${sqlite.span}${sqlite.rest}${sqlite.hold(asked)}
          ${newestFirst} LIMIT ?6)
        UNION ALL SELECT * FROM (
          SELECT ${columns} FROM search_index i CROSS JOIN search_words s ON s.place = i.rowid
            CROSS JOIN messages m ON m.id = s.message_id ${visible('?5')}
            AND i.search_index MATCH ?7 AND ?8 <> '' AND i.rowid >= ?1 AND i.rowid <= ?2
            AND ${sqlite.span}${sqlite.rest}
          ORDER BY i.rowid DESC LIMIT ?6))
      ORDER BY id DESC LIMIT ?6`,
    kept: false,
    // A plan for any parameters would go through the span: so the index is asked first, and by itself.
    postgres: `WITH indexed AS MATERIALIZED (
        SELECT s.place, s.message_id${compared.length > 0 ? ', s.words' : ''} FROM search_words s
        WHERE array_to_tsvector(string_to_array(btrim(s.words), ' ')) @@ $8::tsquery AND $7 <> ''${named.join('')})
      SELECT ${columns} FROM (
          SELECT s.place, s.message_id FROM indexed s
          WHERE ${postgres.span}${postgres.rest} ${newestFirst}) AS s
        JOIN messages m ON m.id = s.message_id ${visible('$5')} ${newestFirst} LIMIT $6`,
  };
}

function* amongOlder(
  asker: UserId,
  asked: readonly Condition[],
  compared: readonly Condition[],
  span: Span,
  limit: number,
): Step<Candidate[]> {
  const few = asked.filter(({ length }) => length <= fewForms);
  return yield* sql.all<Candidate>(
    olderSql(few, compared),
    ...[...partsOf(span), asker, limit, matchOf(asked, 'sqlite'), matchOf(asked, 'postgres')],
    ...[...writtenOf(compared), ...writtenOf(few)],
  );
}

/** At most `limit` messages that the asker may see and that fulfil all conditions, the newest first. */
export function* candidatesByWords(
  asker: UserId,
  conditions: readonly Condition[],
  stretch: Stretch,
  limit: number,
): Step<Candidate[]> {
  const few = conditions.filter(({ length }) => length <= fewForms);
  const { recent, older } = yield* cut(spanOf(stretch), newest);
  const found = yield* amongNewest(asker, few, recent, limit);
  if (older === null || found.length === limit) return found;
  let rest: Span | null = older;
  if (found.length >= seldom) {
    const next = yield* cut(older, further);
    found.push(...(yield* amongNewest(asker, few, next.recent, limit - found.length)));
    rest = next.older;
  }
  if (rest === null || found.length === limit) return found;
  const words = few.filter(hasBeginnings);
  // Beside the rarest one others are compared.
  const counts = words.length > 1 ? yield* counted(words, recent) : [];
  const isCommon = (each: Condition) => {
    const count = counts[words.indexOf(each)] ?? 0;
    return count > often && count > comparedFor * Math.min(...counts);
  };
  const asked = conditions.filter((each) => !isCommon(each));
  const compared = conditions.filter(isCommon);
  return [...found, ...(yield* amongOlder(asker, asked, compared, rest, limit - found.length))];
}
