import type { SendState } from '@confab/client';
import { Check, Clock3 } from 'lucide-react';
import { sentence, t } from '../../language/sentences.ts';
import styles from './message-row.module.css';

const marks = {
  held: { icon: Clock3, label: sentence('Sent in a moment') },
  queued: { icon: Clock3, label: sentence('Waiting to be sent') },
  sent: { icon: Clock3, label: sentence('Being sent') },
  delivered: { icon: Check, label: sentence('Stored on the server') },
} as const;

/** How far an own message is. A failed one says so in words beneath it instead. */
export function SendMark({ send }: { send: SendState }) {
  if (send.status === 'failed') return null;
  const mark = marks[send.status];
  const Icon = mark.icon;
  const label = t(mark.label);
  return (
    <span className={styles.mark} role="img" aria-label={label} title={label} data-status={send.status}>
      <Icon size={13} aria-hidden />
    </span>
  );
}
