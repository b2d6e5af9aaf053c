import type { ReactNode } from 'react';
import styles from './banner.module.css';
import { classNames } from './class-names.ts';

interface BannerProps {
  tone?: 'info' | 'warning' | 'danger';
  children: ReactNode;
}

/** A sentence that matters here and now. A danger is spoken at once, the others when there is time. */
export function Banner({ tone = 'info', children }: BannerProps) {
  return (
    <p className={classNames(styles.banner, styles[tone])} role={tone === 'danger' ? 'alert' : 'status'}>
      {children}
    </p>
  );
}
