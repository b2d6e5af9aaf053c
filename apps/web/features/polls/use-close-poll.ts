import { useConfab } from '@confab/client/react';
import type { MessageId } from '@confab/protocol';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';

/** Asks, and ends the vote for everyone. */
export function useClosePoll(): (message: MessageId) => void {
  const confab = useConfab();
  const dialogs = useDialogs();
  return (message) =>
    dialogs.open({
      kind: 'confirm',
      title: t('Close this poll?'),
      text: t('Nobody can vote on it after that, and it cannot be opened again.'),
      action: t('Close poll'),
      run: () => confab.polls.close(message),
    });
}
