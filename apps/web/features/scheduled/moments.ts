import { t } from '../../language/sentences.ts';
/** A time in the future that is often meant. */
export interface Moment {
  label: string;
  /** Unix milliseconds. */
  at: number;
}

const minuteMs = 60_000;

/** Nine o'clock so many days after `now`, on the device's clock. */
function nineIn(days: number, now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 9).getTime();
}

/** Those that are offered; all in the device's time zone. */
export function momentsAfter(now: number): Moment[] {
  // From a Sunday on, tomorrow is Monday: the one after that is meant by “next”.
  const daysToMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { label: t('In 20 minutes'), at: now + 20 * minuteMs },
    { label: t('In an hour'), at: now + 60 * minuteMs },
    { label: t('Tomorrow at nine'), at: nineIn(1, now) },
    { label: t('Next Monday at nine'), at: nineIn(daysToMonday === 1 ? 8 : daysToMonday, now) },
  ];
}

/** A time as the browser's own field for one has it: of the device's time zone, to the minute. */
export function fieldValue(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The time in such a field; `null` while it holds none. */
export function fieldTime(value: string): number | null {
  const at = new Date(value).getTime();
  return value === '' || Number.isNaN(at) ? null : at;
}
