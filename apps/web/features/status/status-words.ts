import type { Status } from '@confab/protocol';
import { formatDateTime, formatTime, startOfDay } from '../messages/format-time.ts';

/** “until 14:30”, with the date when it is another day than today. */
export function untilWords(until: number, now: number): string {
  return `until ${startOfDay(until) === startOfDay(now) ? formatTime(until) : formatDateTime(until)}`;
}

/** What a status says, and how long. */
export function statusWords({ text = '', until }: Status, now: number): string {
  if (until === undefined) return text;
  return text === '' ? untilWords(until, now) : `${text}, ${untilWords(until, now)}`;
}
