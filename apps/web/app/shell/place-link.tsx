import type { ReactNode } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import { Link, useNavigation } from '../navigation.tsx';
import type { Route } from '../route.ts';
import styles from './shell.module.css';

interface PlaceLinkProps {
  to: Route;
  icon: ReactNode;
  /** How much is new there; `spoken` says it as a phrase. */
  count: number;
  spoken: string;
  children: string;
}

/** In the first column: a page that gathers what concerns one from all rooms. */
export function PlaceLink({ to, icon, count, spoken, children }: PlaceLinkProps) {
  const { route } = useNavigation();
  return (
    <Link
      to={to}
      className={classNames(styles.place, count > 0 && styles.unread)}
      aria-current={route.page === to.page ? 'page' : undefined}
    >
      <span className={styles.placeIcon} aria-hidden>
        {icon}
      </span>
      <span className={styles.placeName}>{children}</span>
      <CountBadge count={count} spoken={spoken} />
    </Link>
  );
}
