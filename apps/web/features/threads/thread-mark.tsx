import type { Message } from '@confab/protocol';
import { MessagesSquare } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { useConversation } from '../messages/conversation-context.tsx';
import { useOpenThread } from '../messages/message-route.ts';
import styles from './replies-line.module.css';

/** Above a reply that is shown in its thread and in the room: in each of the two it tells of the other. */
export function ThreadMark({ message }: { message: Message }) {
  const { thread } = useConversation();
  const openThread = useOpenThread();
  const root = message.thread;
  if (root === undefined || !message.alsoInRoom) return null;
  const icon = <MessagesSquare size={13} aria-hidden />;
  if (thread !== null)
    return (
      <span className={styles.mark}>
        {icon}
        {t('Also in the room')}
      </span>
    );
  return (
    <button type="button" className={styles.mark} onClick={() => openThread(message, root)}>
      {icon}
      {t('Replied in a thread')}
    </button>
  );
}
