import type { Timeline } from '@confab/client';
import { useStore } from '@confab/client/react';
import { t } from '../../language/sentences.ts';
import { MessageRow } from '../messages/message-row.tsx';
import { repliesWords } from './replies-line.tsx';
import styles from './thread-panel.module.css';

/** At the head of a thread: what the others reply to. `seq`: the message that the address names. */
export function ThreadRoot({ timeline, seq }: { timeline: Timeline; seq: number | null }) {
  const { root } = useStore(timeline);
  if (root === null) return null;
  const count = root.message.replies?.count ?? 0;
  return (
    <div className={styles.root}>
      <MessageRow item={root} first flash={root.message.seq === seq} current={false} onCurrent={() => undefined} />
      <p className={styles.divider}>{count === 0 ? t('No replies yet') : repliesWords(count)}</p>
    </div>
  );
}
