import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { Download, Ellipsis, Link2, Text, Trash2 } from 'lucide-react';
import { use } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { ConversationProvider } from '../messages/conversation-context.tsx';
import styles from './files.module.css';

interface FileMenuProps {
  placed: PlacedFile;
  /** It stands over a picture. */
  over?: boolean;
  /** Whether one may remove what others sent; what the conversation says otherwise. */
  mayRemove?: boolean;
}

/** What one may do with a file. */
export function FileMenu({ placed, over = false, mayRemove }: FileMenuProps) {
  const entries = useFileActions(placed, mayRemove);
  const { name } = placed.file;
  return (
    <Menu
      align="end"
      clipped
      heading={<bdi className={styles.menuName}>{name}</bdi>}
      trigger={
        <IconButton
          size="small"
          className={classNames(over && styles.overButton)}
          label={t('Actions for {name}', { name })}
          icon={<Ellipsis size={16} />}
        />
      }
      groups={entries}
    />
  );
}

export function useFileActions({ file, message, by }: PlacedFile, given?: boolean): MenuEntry[][] {
  const { me } = useSignedIn();
  const conversation = use(ConversationProvider);
  const { files } = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const moderates = given ?? (conversation?.moderates === true && !conversation.readOnly);
  const own = by === me.id && conversation?.readOnly !== true;
  const { id, name } = file;
  const take: MenuEntry[] = [
    {
      kind: 'action',
      label: t('Download'),
      icon: <Download size={15} aria-hidden />,
      onSelect: () => save(files.address(id, { download: true }), name),
    },
    {
      kind: 'action',
      label: t('Copy link to file'),
      icon: <Link2 size={16} aria-hidden />,
      onSelect: () =>
        toasts.attempt(navigator.clipboard.writeText(location.origin + files.address(id)), t('The link was copied.')),
    },
  ];
  const change: MenuEntry[] = [];
  if (own) {
    change.push({
      kind: 'action',
      label: file.description === undefined ? t('Describe') : t('Change description'),
      icon: <Text size={15} aria-hidden />,
      onSelect: () => dialogs.open({ kind: 'describe-file', file }),
    });
  }
  if ((own || moderates) && message !== null) {
    change.push({
      kind: 'action',
      label: t('Remove file'),
      icon: <Trash2 size={15} aria-hidden />,
      danger: true,
      onSelect: () =>
        dialogs.open({
          kind: 'confirm',
          title: t('Remove this file?'),
          text: t('It is taken out of the message and deleted for everyone, for good.'),
          action: t('Remove'),
          run: () => files.remove(message, id),
        }),
    });
  }
  return [take, change];
}

/** Has the browser save what is at an address. */
export function save(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
