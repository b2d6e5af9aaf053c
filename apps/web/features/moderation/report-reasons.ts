import type { Params, ReportReason } from '@confab/protocol';

type Chosen = Params<'moderation.report'>['reason'];

/** What is wrong with a message, in the words of whoever reports it. */
export const reportReasons: readonly { value: Chosen; label: string }[] = [
  { value: 'spam', label: 'Advertising or spam' },
  { value: 'harassment', label: 'Insults or harassment' },
  { value: 'hate', label: 'Hate' },
  { value: 'violence', label: 'Violence or threats' },
  { value: 'private-data', label: 'Somebody’s private data' },
  { value: 'other', label: 'Something else' },
];

export function reportReasonName(reason: ReportReason): string {
  if (reason === 'word-filter') return 'Word filter';
  return reportReasons.find(({ value }) => value === reason)?.label ?? reason;
}
