import { ArrowDown } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import styles from './message-list.module.css';

export function JumpToLatest({ unread, onClick }: { unread: number; onClick: () => void }) {
  return (
    <button type="button" className={styles.jump} onClick={onClick}>
      <ArrowDown size={16} aria-hidden />
      {wordsFor(unread)}
    </button>
  );
}

function wordsFor(unread: number): string {
  if (unread === 0) return t('Jump to latest');
  if (unread > 999) return t('Jump to latest, 999+ new');
  return t('{count, plural, one {Jump to latest, # new} other {Jump to latest, # new}}', { count: unread });
}
