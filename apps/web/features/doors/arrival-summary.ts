import { millis } from './figures.ts';
import type { WatchFigures } from './use-watches.ts';

interface NamedFigures {
  readonly name: string;
  readonly figures: WatchFigures;
}

/**
 * One sentence about the message `sent`, once it came through every door that is open; until then `null`. So a screen
 * reader speaks once a message, however many doors there are.
 */
export function arrivalSummary(sent: string | null, doors: readonly NamedFigures[]): string | null {
  const open = doors.filter(({ figures }) => figures.state === 'open');
  if (sent === null || open.length === 0 || open.some(({ figures }) => figures.heard !== sent)) return null;
  const byTime = open
    .map(({ name, figures }) => ({ name, ms: figures.arrivals.at(-1) ?? 0 }))
    .sort((a, b) => a.ms - b.ms);
  const [first, last] = [byTime[0], byTime.at(-1)];
  if (first === undefined || last === undefined) return null;
  const doorsWord =
    open.length === doors.length ? `all ${open.length} doors` : `${open.length} of ${doors.length} doors`;
  return `Arrived through ${doorsWord}: ${first.name} first, after ${millis(first.ms)}; ${last.name} last, after ${millis(last.ms)}.`;
}
