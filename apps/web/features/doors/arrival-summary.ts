import { t } from '../../language/sentences.ts';
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
  const values = {
    open: open.length,
    all: doors.length,
    first: first.name,
    shortest: millis(first.ms),
    last: last.name,
    longest: millis(last.ms),
  };
  return open.length === doors.length
    ? t('Arrived through all {all} doors: {first} first, after {shortest}; {last} last, after {longest}.', values)
    : t(
        'Arrived through {open} of {all} doors: {first} first, after {shortest}; {last} last, after {longest}.',
        values,
      );
}
