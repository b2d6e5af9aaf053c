import type { DoNotDisturb, QuietHours } from './settings.ts';
import type { Status } from './status.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    const fields = { weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;
    clock = new Intl.DateTimeFormat('en', { timeZone, ...fields });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** The day of the week (0 is Sunday) and the minute of the day there. */
function localTime(timeZone: string, now: number): { day: number; minute: number } {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const day = weekdays.indexOf(parts.get('weekday') ?? '');
  return { day, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
}

function isWithin({ days, from, to, timeZone }: QuietHours, now: number): boolean {
  const { day, minute } = localTime(timeZone, now);
  const today = days.includes(day);
  if (from === to) return today;
  if (from < to) return today && minute >= from && minute < to;
  return (today && minute >= from) || (days.includes((day + 6) % 7) && minute < to);
}

/** Whether somebody is not to be disturbed at a time (Unix milliseconds). A zone unknown here counts as no hours. */
export function isQuiet(doNotDisturb: DoNotDisturb | undefined, now: number): boolean {
  if (doNotDisturb === undefined) return false;
  if (doNotDisturb.until !== null && now < doNotDisturb.until) return true;
  try {
    return doNotDisturb.schedule !== null && isWithin(doNotDisturb.schedule, now);
  } catch {
    return false;
  }
}

/** What a status says at a time (Unix milliseconds): nothing once it has run out. */
export function statusAt(status: Status | undefined, now: number): Status | undefined {
  return status?.until !== undefined && status.until <= now ? undefined : status;
}
