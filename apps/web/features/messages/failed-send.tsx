import { useConfab } from '@confab/client/react';
import type { WireError } from '@confab/protocol';
import { CircleAlert } from 'lucide-react';
import { sayRefusal } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { takeBack } from '../uploads/take-back.ts';
import { useConversation } from './conversation-context.tsx';
import styles from './message-row.module.css';

interface FailedSendProps {
  clientId: string;
  text: string;
  uploads?: readonly string[];
  error: WireError;
}

/** Why a message was refused, and what can be done about it. */
export default function FailedSend({ clientId, text, uploads, error }: FailedSendProps) {
  const confab = useConfab();
  const { timeline, compose } = useConversation();
  return (
    <div className={styles.failed} role="alert">
      <span className={styles.reason}>
        <CircleAlert size={14} aria-hidden />
        {t('Not sent. {reason}', { reason: sayRefusal(error) })}
      </span>
      <span className={styles.remedies}>
        <Button size="small" look="quiet" onClick={() => timeline.retry(clientId)}>
          {t('Retry')}
        </Button>
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            takeBack(confab, timeline, clientId, uploads);
            compose(text);
          }}
        >
          {t('Edit')}
        </Button>
        <Button size="small" look="quiet" onClick={() => timeline.discard(clientId)}>
          {t('Discard')}
        </Button>
      </span>
    </div>
  );
}
