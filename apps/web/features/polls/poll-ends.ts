import { t } from '../../language/sentences.ts';

const hourMs = 3_600_000;

/** How long a poll is open, by what it is called. */
export const pollEnds = () =>
  [
    { value: 'open', label: t('Until someone closes it') },
    { value: 'hour', label: t('For an hour') },
    { value: 'day', label: t('For a day') },
    { value: 'week', label: t('For a week') },
    { value: 'own', label: t('Until a time that I choose') },
  ] as const;
export type PollEnd = ReturnType<typeof pollEnds>[number]['value'];

const lengths = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;

/** When it is closed (Unix ms): `undefined` when it stays open, `null` while no time is chosen. */
export function pollEnd(end: PollEnd, now: number, own: number | null): number | null | undefined {
  if (end === 'open') return undefined;
  return end === 'own' ? own : now + lengths[end];
}
