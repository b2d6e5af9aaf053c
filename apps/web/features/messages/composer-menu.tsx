import type { MessageId, RoomId } from '@confab/protocol';
import { CaseSensitive, ChartBarBig, Plus, SquareSlash } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import styles from './composer.module.css';

interface ComposerMenuProps {
  room: RoomId;
  thread: MessageId | null;
  /** Whether the buttons for formats are shown. */
  formatting: boolean;
  onFormatting: () => void;
}

/** What can be sent besides text, and what helps to write it. */
export function ComposerMenu({ room, thread, formatting, onFormatting }: ComposerMenuProps) {
  const dialogs = useDialogs();
  return (
    <Menu
      side="top"
      clipped
      trigger={<IconButton className={styles.add} size="small" label={t('Add something')} icon={<Plus size={19} />} />}
      groups={[
        [
          {
            kind: 'action',
            label: t('Make a poll'),
            icon: <ChartBarBig size={16} aria-hidden />,
            onSelect: () => dialogs.open({ kind: 'poll', room, thread, question: '', options: [] }),
          },
          {
            kind: 'action',
            label: formatting ? t('Hide formatting') : t('Show formatting'),
            icon: <CaseSensitive size={16} aria-hidden />,
            onSelect: onFormatting,
          },
          {
            kind: 'action',
            label: t('Show all commands'),
            icon: <SquareSlash size={16} aria-hidden />,
            onSelect: () => dialogs.open({ kind: 'commands' }),
          },
        ],
      ]}
    />
  );
}
