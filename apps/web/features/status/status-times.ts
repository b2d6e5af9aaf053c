import { t } from '../../language/sentences.ts';
import { startOfDay } from '../messages/format-time.ts';

/** How long a status holds, by what it is called. */
export const statusTimes = () =>
  [
    { value: 'always', label: t('Until I clear it') },
    { value: 'half-hour', label: t('30 minutes') },
    { value: 'hour', label: t('1 hour') },
    { value: 'today', label: t('Today') },
    { value: 'week', label: t('This week') },
    { value: 'own', label: t('Choose a time') },
  ] as const;
export type StatusTime = ReturnType<typeof statusTimes>[number]['value'];

const minuteMs = 60_000;

/** When it ends, in Unix milliseconds by the device's clock; weeks end on Sunday. `own`: the time that was chosen. */
export function endOf(time: StatusTime, now: number, own: number | undefined): number | undefined {
  const date = new Date(startOfDay(now));
  const midnight = (days: number) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
  switch (time) {
    case 'always':
      return undefined;
    case 'half-hour':
      return now + 30 * minuteMs;
    case 'hour':
      return now + 60 * minuteMs;
    case 'today':
      return midnight(1);
    case 'week':
      return midnight(7 - ((date.getDay() + 6) % 7));
    case 'own':
      return own;
  }
}

const two = (figure: number) => String(figure).padStart(2, '0');

/** As a field for date and time wants it, in the device's time zone. */
export function asFieldTime(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
