import styles from './count-badge.module.css';

/** A number in a pill; above 99 it says so without growing. `unit` makes it a phrase for screen readers. */
export function CountBadge({ count, unit }: { count: number; unit: string }) {
  if (count <= 0) return null;
  return (
    <span className={styles.badge}>
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className={styles.spoken}>{`, ${count} ${unit}`}</span>
    </span>
  );
}
