import { useConfab, useStore } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { AlarmClock, Bookmark, BookmarkX } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { formatDateTime } from '../messages/format-time.ts';

/** Of a message's menu: to keep it for oneself, and to be told of it again. */
export function useKeptActions({ id }: Message): MenuEntry[] {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const kept = useStore(confab.bookmarks.isKept(id)) === true;
  const keep: MenuEntry = kept
    ? {
        kind: 'action',
        label: t('Remove from saved'),
        icon: <BookmarkX size={15} aria-hidden />,
        onSelect: () => toasts.attempt(confab.bookmarks.remove(id), t('The message is no longer saved.')),
      }
    : {
        kind: 'action',
        label: t('Save for later'),
        icon: <Bookmark size={15} aria-hidden />,
        onSelect: () => toasts.attempt(confab.bookmarks.add(id), t('You find it under “Saved”.')),
      };
  const remind = async (at: number) => {
    await confab.reminders.set(id, at);
    toasts.done(t('You will be reminded on {time}.', { time: formatDateTime(at) }));
  };
  return [
    keep,
    {
      kind: 'action',
      label: t('Remind me…'),
      icon: <AlarmClock size={15} aria-hidden />,
      onSelect: () =>
        dialogs.open({
          kind: 'moment',
          title: t('Remind me'),
          description: t('You are told of this message again at this time. Nobody else is.'),
          action: t('Remind me'),
          run: remind,
        }),
    },
  ];
}
