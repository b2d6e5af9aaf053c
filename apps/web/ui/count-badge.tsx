import { classNames } from './class-names.ts';
import styles from './count-badge.module.css';

interface CountBadgeProps {
  count: number;
  /** The same as a phrase, for screen readers: “3 unread”. */
  spoken: string;
  /** Stands before the number. */
  sign?: string;
  /** A number that says how much there is, not that one is called. */
  quiet?: boolean;
}

/** A number in a pill; above 99 it says so without growing. */
export function CountBadge({ count, spoken, sign = '', quiet = false }: CountBadgeProps) {
  if (count <= 0) return null;
  return (
    <span className={classNames(styles.badge, quiet && styles.quiet)}>
      <span aria-hidden>{sign + (count > 99 ? '99+' : count)}</span>
      <span className={styles.spoken}>{`, ${spoken}`}</span>
    </span>
  );
}
