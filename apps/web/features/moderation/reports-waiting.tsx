import { useNavigation } from '../../app/navigation.tsx';
import { CountBadge } from '../../ui/count-badge.tsx';
import styles from './reports-waiting.module.css';

/** Beside the name of a space: how many reports wait for its moderators, and the way there. */
export function ReportsWaiting({ count }: { count: number }) {
  const { go } = useNavigation();
  if (count === 0) return null;
  const unit = count === 1 ? 'report waits' : 'reports wait';
  return (
    <button type="button" className={styles.waiting} title={unit} onClick={() => go({ page: 'moderation' })}>
      <CountBadge count={count} unit={unit} />
    </button>
  );
}
