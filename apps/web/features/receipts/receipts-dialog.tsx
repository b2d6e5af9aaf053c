import { useReceipts } from '@confab/client/react';
import type { Message, Receipt } from '@confab/protocol';
import { recipientsOf } from '@confab/protocol/receipt-rules.ts';
import { t } from '../../language/sentences.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatBrief, formatDateTime } from '../messages/format-time.ts';
import styles from './receipts.module.css';

/** Who has read a message, to whom it only came, and who has yet to get it. */
export default function ReceiptsDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const receipts = useReceipts(message.room);
  const recipients = receipts === null ? [] : recipientsOf(message, receipts.values());
  const read = recipients.filter(({ readSeq }) => readSeq >= message.seq);
  const waiting = recipients.filter(({ readSeq }) => readSeq < message.seq);
  const delivered = waiting.filter(({ deliveredSeq }) => deliveredSeq >= message.seq);
  const missing = waiting.filter(({ deliveredSeq }) => deliveredSeq < message.seq);
  return (
    <Dialog
      title={t('Who has read this')}
      description={t('Those who turned their receipts off are not listed.')}
      onClose={onClose}
    >
      {recipients.length === 0 ? <p className={styles.nobody}>{t('Nobody else is here.')}</p> : null}
      <People title={t('Read')} people={read} timed />
      <People title={t('Delivered')} people={delivered} />
      <People title={t('Not delivered yet')} people={missing} />
    </Dialog>
  );
}

interface PeopleProps {
  title: string;
  people: readonly Receipt[];
  /** Whether it is told by when they had read it. */
  timed?: boolean;
}

function People({ title, people, timed = false }: PeopleProps) {
  if (people.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>
        {title} <span className={styles.count}>{people.length}</span>
      </h3>
      <ul>
        {people.map(({ user, readAt }) => (
          <li key={user} className={styles.person}>
            <PersonAvatar user={user} size="small" />
            <span className={styles.name}>
              <PersonName user={user} />
            </span>
            {timed && readAt !== undefined ? (
              <time
                className={styles.time}
                dateTime={new Date(readAt).toISOString()}
                data-tooltip={t('Had read up to here by {time}', { time: formatDateTime(readAt) })}
              >
                {t('by {time}', { time: formatBrief(readAt, Date.now()) })}
              </time>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
