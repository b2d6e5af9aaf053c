import type { Settings } from './settings.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** When a daily mail comes, by the clock of whoever gets it. */
const dailyHour = 8;

/** How far a zone is ahead of UTC at a time. One unknown here counts as UTC. */
function offsetOf(timeZone: string, at: number): number {
  try {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    const clock = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', ...fields });
    const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
    return local - Math.floor(at / minuteMs) * minuteMs;
  } catch {
    return 0;
  }
}

function nextMorning(timeZone: string, now: number): number {
  const local = now + offsetOf(timeZone, now);
  const today = Math.floor(local / dayMs) * dayMs + dailyHour * hourMs;
  const wall = today > local ? today : today + dayMs;
  // By the offset of that morning: the clocks may change in the night before.
  return wall - offsetOf(timeZone, wall - offsetOf(timeZone, now));
}

/** When a mail is due for what rang first at a time (Unix milliseconds); `null`: never. */
export function mailDueAt(
  { mailDigest, mailTimeZone }: Pick<Settings, 'mailDigest' | 'mailTimeZone'>,
  rangAt: number,
): number | null {
  if (mailDigest === 'never') return null;
  if (mailDigest === 'daily') return nextMorning(mailTimeZone, rangAt);
  return rangAt + (mailDigest === 'hour' ? hourMs : 15 * minuteMs);
}
