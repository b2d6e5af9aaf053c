import { useConfab } from '@confab/client/react';
import type { MessageId } from '@confab/protocol';
import { useDialogs } from '../../app/dialogs.tsx';

/** Asks, and ends the vote for everyone. */
export function useClosePoll(): (message: MessageId) => void {
  const confab = useConfab();
  const dialogs = useDialogs();
  return (message) =>
    dialogs.open({
      kind: 'confirm',
      title: 'Close this poll?',
      text: 'Nobody can vote on it after that, and it cannot be opened again.',
      action: 'Close poll',
      run: () => confab.polls.close(message),
    });
}
