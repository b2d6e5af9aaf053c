import type { SendState } from '@confab/client';
import { Check, Clock3 } from 'lucide-react';
import styles from './message-row.module.css';

const marks = {
  held: { icon: Clock3, label: 'Sent in a moment' },
  queued: { icon: Clock3, label: 'Waiting to be sent' },
  sent: { icon: Clock3, label: 'Being sent' },
  delivered: { icon: Check, label: 'Stored on the server' },
} as const;

/** How far an own message is. A failed one says so in words beneath it instead. */
export function SendMark({ send }: { send: SendState }) {
  if (send.status === 'failed') return null;
  const { icon: Icon, label } = marks[send.status];
  return (
    <span className={styles.mark} role="img" aria-label={label} title={label} data-status={send.status}>
      <Icon size={13} aria-hidden />
    </span>
  );
}
