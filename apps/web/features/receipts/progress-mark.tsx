import type { SendState } from '@confab/client';
import { useReceipts } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { progressOf } from '@confab/protocol/receipt-rules.ts';
import { Check, CheckCheck } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { sentence, t } from '../../language/sentences.ts';
import { useConversation } from '../messages/conversation-context.tsx';
import { SendMark } from '../messages/send-mark.tsx';
import styles from './receipts.module.css';

const marks = {
  sent: { icon: Check, label: sentence('Sent'), action: sentence('Sent. Show who has read it') },
  delivered: { icon: CheckCheck, label: sentence('Delivered'), action: sentence('Delivered. Show who has read it') },
  read: { icon: CheckCheck, label: sentence('Read'), action: sentence('Read. Show who has read it') },
} as const;

interface ProgressMarkProps {
  message: Message;
  /** Of a message that this device sent a moment ago. */
  send: SendState | undefined;
}

/** How far an own message has come: sent, delivered, read. Leads to who and when. */
export function ProgressMark({ message, send }: ProgressMarkProps) {
  const { room, thread } = useConversation();
  const receipts = useReceipts(room);
  const dialogs = useDialogs();
  if (send !== undefined && send.status !== 'delivered') return <SendMark send={send} />;
  // How far one has come is told of the room; what only a thread shows is not part of that.
  if (receipts === null || receipts.size === 0 || thread !== null) {
    return send === undefined ? null : <SendMark send={send} />;
  }
  const progress = progressOf(message, receipts.values());
  const { icon: Icon, label, action } = marks[progress];
  return (
    <button
      type="button"
      className={styles.progress}
      tabIndex={-1}
      aria-label={t(action)}
      data-tooltip={t(label)}
      data-progress={progress}
      onClick={() => dialogs.open({ kind: 'receipts', message })}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}
