import type { Status } from '@confab/protocol';
import { t } from '../../language/sentences.ts';
import { formatDateTime, formatTime, startOfDay } from '../messages/format-time.ts';

const endOf = (until: number, now: number): string =>
  startOfDay(until) === startOfDay(now) ? formatTime(until) : formatDateTime(until);

/** “until 14:30”, with the date when it is another day than today. */
export function untilWords(until: number, now: number): string {
  return t('until {time}', { time: endOf(until, now) });
}

/** What a status says, and how long. */
export function statusWords({ text = '', until }: Status, now: number): string {
  if (until === undefined) return text;
  return text === '' ? untilWords(until, now) : t('{text}, until {time}', { text, time: endOf(until, now) });
}
