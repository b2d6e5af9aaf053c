import { useConfab } from '@confab/client/react';
import type { MessageId } from '@confab/protocol';
import { Undo2 } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { useConversation } from '../messages/conversation-context.tsx';
import { takeBack } from '../uploads/take-back.ts';
import styles from './drafts.module.css';

interface HeldSendProps {
  clientId: string;
  text: string;
  quote: MessageId | undefined;
  uploads?: readonly string[];
}

/** Under a message that waits a moment before it is sent: takes it back into the composer. */
export default function HeldSend({ clientId, text, quote, uploads }: HeldSendProps) {
  const confab = useConfab();
  const { timeline, compose } = useConversation();
  return (
    <div className={styles.held}>
      <span>{t('Sent in a moment.')}</span>
      <Button
        size="small"
        look="quiet"
        icon={<Undo2 size={14} aria-hidden />}
        onClick={() => {
          takeBack(confab, timeline, clientId, uploads);
          compose(text, quote);
        }}
      >
        {t('Undo')}
      </Button>
    </div>
  );
}
