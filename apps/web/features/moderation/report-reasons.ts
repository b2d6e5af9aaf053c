import type { Params, ReportReason } from '@confab/protocol';
import { t } from '../../language/sentences.ts';

type Chosen = Params<'moderation.report'>['reason'];

/** What is wrong with a message, in the words of whoever reports it. */
export const reportReasons = (): readonly { value: Chosen; label: string }[] => [
  { value: 'spam', label: t('Advertising or spam') },
  { value: 'harassment', label: t('Insults or harassment') },
  { value: 'hate', label: t('Hate') },
  { value: 'violence', label: t('Violence or threats') },
  { value: 'private-data', label: t('Somebody’s private data') },
  { value: 'other', label: t('Something else') },
];

export function reportReasonName(reason: ReportReason): string {
  if (reason === 'word-filter') return t('Word filter');
  return reportReasons().find(({ value }) => value === reason)?.label ?? reason;
}
