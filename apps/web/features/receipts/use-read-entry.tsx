import { useReceipts } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { Eye } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { useConversation } from '../messages/conversation-context.tsx';

/** The way to who has read a message, where that is told. */
export function useReadEntry(message: Message): MenuEntry[] {
  const { room, thread } = useConversation();
  const receipts = useReceipts(room);
  const dialogs = useDialogs();
  if (receipts === null || receipts.size === 0 || thread !== null) return [];
  const onSelect = () => dialogs.open({ kind: 'receipts', message });
  return [{ kind: 'action', label: t('Who has read this'), icon: <Eye size={15} aria-hidden />, onSelect }];
}
