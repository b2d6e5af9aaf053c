import type { Message } from '@confab/protocol';
import {
  Copy,
  Ellipsis,
  Flag,
  Link2,
  MessageSquareDot,
  MessageSquareReply,
  Pencil,
  Pin,
  PinOff,
  Quote,
  Trash2,
} from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { useKeptActions } from '../bookmarks/use-kept-actions.tsx';
import { QuickReactions } from '../reactions/quick-reactions.tsx';
import { useReadEntry } from '../receipts/use-read-entry.tsx';
import { useConversation } from './conversation-context.tsx';
import styles from './message-row.module.css';
import type { MessageActions } from './use-message-actions.ts';

/** Shows on hover, on focus and, where there is no pointer to hover with, on a tap. What is rarely done is in its menu. */
export function MessageToolbar({ actions, message }: { actions: MessageActions; message: Message }) {
  const { readOnly } = useConversation();
  const told = useReadEntry(message);
  const kept = useKeptActions(message);
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('Message actions')}>
      {readOnly ? null : <QuickReactions message={message} />}
      {actions.reply ? (
        <IconButton
          size="small"
          label={t('Reply in thread')}
          icon={<MessageSquareReply size={16} />}
          onClick={actions.reply}
        />
      ) : null}
      {actions.quote ? (
        <IconButton size="small" label={t('Quote')} icon={<Quote size={15} />} onClick={actions.quote} />
      ) : null}
      {actions.edit ? (
        <IconButton size="small" label={t('Edit message')} icon={<Pencil size={15} />} onClick={actions.edit} />
      ) : null}
      <Menu
        align="end"
        clipped
        trigger={<IconButton size="small" label={t('More actions')} icon={<Ellipsis size={16} />} />}
        groups={[kept, [...takeAway(actions), ...told], change(actions, message)]}
      />
    </div>
  );
}

function takeAway(actions: MessageActions): MenuEntry[] {
  const { markUnread } = actions;
  const icon = <MessageSquareDot size={15} aria-hidden />;
  return [
    ...(markUnread ? [{ kind: 'action', label: t('Mark as unread'), icon, onSelect: markUnread } as const] : []),
    { kind: 'action', label: t('Copy text'), icon: <Copy size={15} aria-hidden />, onSelect: actions.copyText },
    {
      kind: 'action',
      label: t('Copy link to message'),
      icon: <Link2 size={16} aria-hidden />,
      onSelect: actions.copyLink,
    },
  ];
}

function change(actions: MessageActions, { pinned }: Message): MenuEntry[] {
  const entries: MenuEntry[] = [];
  if (actions.pin !== null) {
    const [label, Icon] =
      pinned === undefined ? ([t('Pin to room'), Pin] as const) : ([t('Unpin from room'), PinOff] as const);
    entries.push({ kind: 'action', label, icon: <Icon size={15} aria-hidden />, onSelect: actions.pin });
  }
  if (actions.report !== null) {
    const icon = <Flag size={15} aria-hidden />;
    entries.push({ kind: 'action', label: t('Report to moderators'), icon, onSelect: actions.report });
  }
  if (actions.remove !== null) {
    const icon = <Trash2 size={15} aria-hidden />;
    entries.push({ kind: 'action', label: t('Delete message'), icon, danger: true, onSelect: actions.remove });
  }
  return entries;
}
