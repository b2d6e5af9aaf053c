import { perLanguage } from '../../language/language.ts';

const units = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

const inUnit = perLanguage(
  (locale) => (count: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
);

/** A stretch of time in its largest whole unit, rounded up: “2 minutes”. */
export function formatWait(ms: number): string {
  const [unit, size] = units.find((each) => ms >= each[1]) ?? units[2];
  const count = Math.max(1, Math.ceil(ms / size));
  return inUnit()(count, unit);
}
