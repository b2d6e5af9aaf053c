import { perLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';

const inLanguage = (options: Intl.DateTimeFormatOptions) =>
  perLanguage((locale) => new Intl.DateTimeFormat(locale, options));

const time = inLanguage({ hour: 'numeric', minute: '2-digit' });
const brief = inLanguage({ day: 'numeric', month: 'short' });
const dateTime = inLanguage({ dateStyle: 'medium', timeStyle: 'short' });
const day = inLanguage({ weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYear = inLanguage({ day: 'numeric', month: 'long', year: 'numeric' });

/** All of these take Unix milliseconds and answer in the device's time zone and the language that is spoken. */
export function formatTime(at: number): string {
  return time().format(at);
}

/** The time of day without “AM” and “PM”, for where there is no space for it. */
export function formatClock(at: number): string {
  const parts = time()
    .formatToParts(at)
    .filter(({ type }) => type !== 'dayPeriod');
  return parts
    .map(({ value }) => value)
    .join('')
    .trim();
}

export function formatDateTime(at: number): string {
  return dateTime().format(at);
}

/** The time of day when it was today, otherwise the date. */
export function formatBrief(at: number, now: number): string {
  return startOfDay(at) === startOfDay(now) ? time().format(at) : brief().format(at);
}

/** Midnight of the day that `at` lies in. */
export function startOfDay(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** “Today”, “Yesterday”, “Monday, 3 August”, and with the year when it is another one. */
export function formatDay(at: number, now: number): string {
  const today = new Date(startOfDay(now));
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).getTime();
  const start = startOfDay(at);
  if (start === today.getTime()) return t('Today');
  if (start === yesterday) return t('Yesterday');
  return (new Date(at).getFullYear() === today.getFullYear() ? day() : dayOfYear()).format(at);
}
