import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** `h1` where this is all that the page holds. */
  heading?: 'h1' | 'h2';
  /** What this place is for, or what happened. */
  children: ReactNode;
  /** The first step. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, heading: Heading = 'h2', children, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <Heading className={styles.title}>{title}</Heading>
      <p className={styles.words}>{children}</p>
      {action ? <div className={styles.action}>{action}</div> : null}
    </div>
  );
}
