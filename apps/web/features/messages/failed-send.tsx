import type { WireError } from '@confab/protocol';
import { CircleAlert } from 'lucide-react';
import { sayRefusal } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { useConversation } from './conversation-context.tsx';
import styles from './message-row.module.css';

interface FailedSendProps {
  clientId: string;
  text: string;
  error: WireError;
}

/** Why a message was refused, and what can be done about it. */
export default function FailedSend({ clientId, text, error }: FailedSendProps) {
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
            timeline.discard(clientId);
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
