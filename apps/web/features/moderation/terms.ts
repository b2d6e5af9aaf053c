import { t } from '../../language/sentences.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** For how long something is imposed. */
export const terms = () =>
  [
    { value: '10m', label: t('For 10 minutes'), ms: 10 * minuteMs },
    { value: '1h', label: t('For an hour'), ms: hourMs },
    { value: '1d', label: t('For a day'), ms: dayMs },
    { value: '7d', label: t('For a week'), ms: 7 * dayMs },
    { value: '30d', label: t('For 30 days'), ms: 30 * dayMs },
    { value: 'ever', label: t('Until it is taken back'), ms: null },
  ] as const;
export type Term = ReturnType<typeof terms>[number]['value'];

/** When a term that begins now ends; `null` for never. */
export function endOfTerm(term: Term): number | null {
  const ms = terms().find(({ value }) => value === term)?.ms ?? null;
  return ms === null ? null : Date.now() + ms;
}
