import type { MessageId, RoomId } from '@confab/protocol';
import { Camera, CaseSensitive, ChartBarBig, Mic, Paperclip, SquareSlash } from 'lucide-react';
import type { ComponentProps, ReactElement } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import RadixMenu from '../../ui/radix-menu.tsx';
import type { ComposerUploadsHandle } from '../uploads/composer-uploads-handle.ts';

interface ComposerMenuProps {
  trigger: ReactElement<ComponentProps<'button'>>;
  room: RoomId;
  thread: MessageId | null;
  uploads: () => ComposerUploadsHandle | null;
  /** Whether the buttons for formats are shown. */
  formatting: boolean;
  onFormatting: () => void;
}

/** What can be sent besides text, and what helps to write it. */
export default function ComposerMenu({ trigger, room, thread, uploads, formatting, onFormatting }: ComposerMenuProps) {
  const dialogs = useDialogs();
  const camera: MenuEntry = {
    kind: 'action',
    label: t('Take a picture or a video'),
    icon: <Camera size={16} aria-hidden />,
    onSelect: () => uploads()?.pick(true),
  };
  return (
    <RadixMenu
      side="top"
      clipped
      trigger={trigger}
      groups={[
        [
          {
            kind: 'action',
            label: t('Attach files'),
            icon: <Paperclip size={16} aria-hidden />,
            onSelect: () => uploads()?.pick(),
          },
          // Elsewhere there is no camera that one could hold before something.
          ...(matchMedia('(pointer:coarse)').matches ? [camera] : []),
          {
            kind: 'action',
            label: t('Record a voice message'),
            icon: <Mic size={16} aria-hidden />,
            onSelect: () => uploads()?.record(),
          },
        ],
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
