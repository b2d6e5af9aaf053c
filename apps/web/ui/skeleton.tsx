import { t } from '../language/sentences.ts';
import styles from './skeleton.module.css';

interface SkeletonProps {
  /** How many rows of the shape it stands for. */
  rows?: number;
  shape?: 'message' | 'line';
}

/** Grey shapes for a first load. Invisible for its first 200 ms, so that a quick answer never flashes it. */
export function Skeleton({ rows = 6, shape = 'message' }: SkeletonProps) {
  return (
    <div className={styles.skeleton} role="status" aria-label={t('Loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are all alike and never move
        <div key={row} className={styles.row}>
          {shape === 'message' ? <span className={styles.picture} /> : null}
          <span className={styles.lines}>
            <span className={styles.short} />
            {shape === 'message' ? (
              <span className={styles.long} style={{ width: `${85 - ((row * 23) % 45)}%` }} />
            ) : null}
          </span>
        </div>
      ))}
    </div>
  );
}
