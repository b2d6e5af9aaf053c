import type { WireError } from '@confab/protocol';
import { CircleAlert } from 'lucide-react';
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
        Not sent. {error.message}
      </span>
      <span className={styles.remedies}>
        <Button size="small" look="quiet" onClick={() => timeline.retry(clientId)}>
          Retry
        </Button>
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            timeline.discard(clientId);
            compose(text);
          }}
        >
          Edit
        </Button>
        <Button size="small" look="quiet" onClick={() => timeline.discard(clientId)}>
          Discard
        </Button>
      </span>
    </div>
  );
}
