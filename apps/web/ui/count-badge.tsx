import { classNames } from './class-names.ts';
import styles from './count-badge.module.css';

interface CountBadgeProps {
  count: number;
  /** Makes it a phrase for screen readers. */
  unit: string;
  /** Stands before the number. */
  sign?: string;
  /** A number that says how much there is, not that one is called. */
  quiet?: boolean;
}

/** A number in a pill; above 99 it says so without growing. */
export function CountBadge({ count, unit, sign = '', quiet = false }: CountBadgeProps) {
  if (count <= 0) return null;
  return (
    <span className={classNames(styles.badge, quiet && styles.quiet)}>
      <span aria-hidden>{sign + (count > 99 ? '99+' : count)}</span>
      <span className={styles.spoken}>{`, ${count} ${unit}`}</span>
    </span>
  );
}
