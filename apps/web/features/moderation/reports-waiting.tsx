import { useNavigation } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import styles from './reports-waiting.module.css';

/** Beside the name of a space: how many reports wait for its moderators, and the way there. */
export function ReportsWaiting({ count }: { count: number }) {
  const { go } = useNavigation();
  if (count === 0) return null;
  const title = t('{count, plural, one {report waits} other {reports wait}}', { count });
  return (
    <button type="button" className={styles.waiting} title={title} onClick={() => go({ page: 'moderation' })}>
      <CountBadge count={count} spoken={t('{count, plural, one {# report waits} other {# reports wait}}', { count })} />
    </button>
  );
}
