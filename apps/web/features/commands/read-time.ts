/** A time that was written, and how many characters tell it. */
export interface ReadTime {
  /** Unix milliseconds. */
  readonly at: number;
  readonly length: number;
}

const minuteMs = 60_000;
const dayHour = 9;
const eveningHour = 20;

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const units: readonly { form: RegExp; minutes: number }[] = [
  { form: /^(?:minutes?|mins?|m)$/, minutes: 1 },
  { form: /^(?:hours?|hrs?|h)$/, minutes: 60 },
  { form: /^(?:days?|d)$/, minutes: 24 * 60 },
  { form: /^(?:weeks?|wks?|w)$/, minutes: 7 * 24 * 60 },
];

interface Clock {
  hour: number;
  minute: number;
}

/** A piece that was read off the front of the text. */
interface Piece<T> {
  value: T;
  length: number;
}

/** A day, counted from today's midnight or named; with its usual hour where none is told. */
interface Day {
  year: number;
  month: number;
  date: number;
  hour: number;
  /** It may be today, so that an hour that is over means the next such day. */
  repeatsAfter?: number;
}

const end = '(?=$|[\\s,.;:!?])';

function match(text: string, form: string): RegExpExecArray | null {
  return new RegExp(`^${form}${end}`, 'i').exec(text);
}

/**
 * Reads a time off the front of a text, as people write it: “in 20 minutes”, “1h30”, “tomorrow 9”, “next Monday at
 * noon”, “at 17:30”, “24 December”, “2027-01-05 8am”. By the device's clock, always after `now`; `null` when there is
 * none, or when it is over.
 */
export function readTime(text: string, now: number): ReadTime | null {
  const lead = /^\s*(?:(?:until|till|for|on)\s+)?/i.exec(text)?.[0].length ?? 0;
  const rest = text.slice(lead);
  const found = readSpan(rest, now) ?? readDayAndClock(rest, now) ?? readClockAndDay(rest, now);
  return found === null || found.value <= now ? null : { at: found.value, length: lead + found.length };
}

/** “in 20 minutes”, “an hour”, “1h30”, “90 min”. */
function readSpan(text: string, now: number): Piece<number> | null {
  const half = match(text, '(?:in\\s+)?half\\s+an\\s+hour');
  if (half !== null) return { value: now + 30 * minuteMs, length: half[0].length };
  const mixed = match(text, '(?:in\\s+)?(\\d{1,3})\\s?h\\s?(\\d{1,2})(?:\\s?m(?:in)?)?');
  if (mixed !== null) {
    return { value: now + (Number(mixed[1]) * 60 + Number(mixed[2])) * minuteMs, length: mixed[0].length };
  }
  const plain = match(text, '(?:in\\s+)?(\\d{1,4}(?:[.,]5)?|an?)\\s*([a-z]+)');
  const unit = units.find(({ form }) => form.test((plain?.[2] ?? '').toLowerCase()));
  if (plain === null || unit === undefined) return null;
  const count = /^an?$/i.test(plain[1] ?? '') ? 1 : Number((plain[1] ?? '').replace(',', '.'));
  return { value: now + count * unit.minutes * minuteMs, length: plain[0].length };
}

/** “tomorrow”, “Monday at 9”, “24 December 17:00”. */
function readDayAndClock(text: string, now: number): Piece<number> | null {
  const day = readDay(text, now);
  if (day === null) return null;
  const between = /^(?:,?\s+at|,)?\s+/i.exec(text.slice(day.length))?.[0].length ?? 0;
  const clock = between === 0 ? null : readClock(text.slice(day.length + between), true);
  const length = clock === null ? day.length : day.length + between + clock.length;
  return { value: momentOf(day.value, clock?.value ?? null, now), length };
}

/** “at 9”, “17:30”, “9am tomorrow”. */
function readClockAndDay(text: string, now: number): Piece<number> | null {
  const at = /^at\s+/i.exec(text)?.[0].length ?? 0;
  const clock = readClock(text.slice(at), at > 0);
  if (clock === null) return null;
  const length = at + clock.length;
  const between = /^,?\s+(?:on\s+)?/i.exec(text.slice(length))?.[0].length ?? 0;
  const day = between === 0 ? null : readDay(text.slice(length + between), now);
  if (day !== null) return { value: momentOf(day.value, clock.value, now), length: length + between + day.length };
  return { value: momentOf({ ...dateIn(0, now), repeatsAfter: 1 }, clock.value, now), length };
}

/** `bare`: a number alone is an hour. */
function readClock(text: string, bare: boolean): Piece<Clock> | null {
  const word = match(text, '(noon|midday|midnight)');
  if (word !== null) return { value: { hour: /midnight/i.test(word[0]) ? 24 : 12, minute: 0 }, length: word[0].length };
  const half = match(text, '(\\d{1,2})(?:[:.](\\d{2}))?\\s?(a|p)\\.?m\\.?');
  if (half !== null) {
    const [hour, minute] = [Number(half[1]), Number(half[2] ?? 0)];
    if (hour < 1 || hour > 12 || minute > 59) return null;
    return { value: { hour: (hour % 12) + (/p/i.test(half[3] ?? '') ? 12 : 0), minute }, length: half[0].length };
  }
  const whole = match(text, bare ? "(\\d{1,2})(?::(\\d{2}))?(?:\\s+o['’]clock)?" : '(\\d{1,2}):(\\d{2})');
  if (whole === null) return null;
  const [hour, minute] = [Number(whole[1]), Number(whole[2] ?? 0)];
  return hour > 23 || minute > 59 ? null : { value: { hour, minute }, length: whole[0].length };
}

function readDay(text: string, now: number): Piece<Day> | null {
  const word = match(text, '(today|tonight|tomorrow|next\\s+week|next\\s+month)');
  if (word !== null) return namedDay(word, now);
  return readWeekday(text, now) ?? readDate(text, now);
}

function namedDay(found: RegExpExecArray, now: number): Piece<Day> | null {
  const date = new Date(now);
  const value = ((): Day | null => {
    switch (found[0].toLowerCase().replace(/\s+/g, ' ')) {
      case 'today':
        return { ...dateIn(0, now), hour: date.getHours() + 1 };
      case 'tonight':
        return { ...dateIn(0, now), hour: eveningHour };
      case 'tomorrow':
        return dateIn(1, now);
      case 'next week':
        return dateIn((8 - date.getDay()) % 7 || 7, now);
      case 'next month':
        return { year: date.getFullYear(), month: date.getMonth() + 1, date: 1, hour: dayHour };
      default:
        return null;
    }
  })();
  return value === null ? null : { value, length: found[0].length };
}

function readWeekday(text: string, now: number): Piece<Day> | null {
  const found = match(text, `(next\\s+)?(${days.map((day) => `${day.slice(0, 3)}(?:${day.slice(3)})?`).join('|')})`);
  if (found === null) return null;
  const wanted = days.findIndex((day) => day.startsWith((found[2] ?? '').slice(0, 3).toLowerCase()));
  const ahead = (wanted - new Date(now).getDay() + 7) % 7;
  // “Next Monday”, said on a Sunday, is not tomorrow.
  if (found[1] !== undefined) return { value: dateIn(ahead <= 1 ? ahead + 7 : ahead, now), length: found[0].length };
  return { value: { ...dateIn(ahead, now), repeatsAfter: 7 }, length: found[0].length };
}

/** “2027-01-05”, “24.12.”, “24 December”, “Dec 24”. */
function readDate(text: string, now: number): Piece<Day> | null {
  const iso = match(text, '(\\d{4})-(\\d{2})-(\\d{2})');
  if (iso !== null) return checkedDate(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]), iso[0].length);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?(?=$|[\s,;!?])/.exec(text);
  if (dotted !== null) return datedFrom(now, Number(dotted[2]) - 1, Number(dotted[1]), dotted[3], dotted[0].length);
  const month = `(${months.join('|')})[a-z]*\\.?`;
  const first = match(text, `(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?${month}(?:,?\\s+(\\d{4}))?`);
  if (first !== null) return datedFrom(now, monthOf(first[2]), Number(first[1]), first[3], first[0].length);
  const second = match(text, `${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?`);
  if (second === null) return null;
  return datedFrom(now, monthOf(second[1]), Number(second[2]), second[3], second[0].length);
}

const monthOf = (name = '') => months.indexOf(name.slice(0, 3).toLowerCase());

/** Of the year that is told, otherwise the next such day. */
function datedFrom(now: number, month: number, date: number, year: string | undefined, length: number) {
  const current = new Date(now).getFullYear();
  if (year !== undefined) return checkedDate(Number(year), month, date, length);
  const over = new Date(current, month, date + 1).getTime() <= now;
  return checkedDate(over ? current + 1 : current, month, date, length);
}

function checkedDate(year: number, month: number, date: number, length: number): Piece<Day> | null {
  const made = new Date(year, month, date);
  if (made.getMonth() !== month || made.getDate() !== date) return null;
  return { value: { year, month, date, hour: dayHour }, length };
}

function dateIn(ahead: number, now: number): Day {
  const date = new Date(now);
  const then = new Date(date.getFullYear(), date.getMonth(), date.getDate() + ahead);
  return { year: then.getFullYear(), month: then.getMonth(), date: then.getDate(), hour: dayHour };
}

function momentOf(day: Day, clock: Clock | null, now: number): number {
  const { hour, minute } = clock ?? { hour: day.hour, minute: 0 };
  const on = (ahead: number) => new Date(day.year, day.month, day.date + ahead, hour, minute).getTime();
  return on(0) <= now && day.repeatsAfter !== undefined ? on(day.repeatsAfter) : on(0);
}
