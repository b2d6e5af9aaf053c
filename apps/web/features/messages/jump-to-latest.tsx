import { ArrowDown } from 'lucide-react';
import styles from './message-list.module.css';

export function JumpToLatest({ unread, onClick }: { unread: number; onClick: () => void }) {
  return (
    <button type="button" className={styles.jump} onClick={onClick}>
      <ArrowDown size={16} aria-hidden />
      {unread > 0 ? `Jump to latest, ${unread > 999 ? '999+' : unread} new` : 'Jump to latest'}
    </button>
  );
}
