import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './banner.module.css';
import { classNames } from './class-names.ts';

const icons = { info: Info, warning: TriangleAlert, danger: CircleAlert } as const;

interface BannerProps {
  tone?: keyof typeof icons;
  children: ReactNode;
}

/** A sentence that matters here and now. A danger is spoken at once, the others when there is time. */
export function Banner({ tone = 'info', children }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div className={classNames(styles.banner, styles[tone])} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon size={18} aria-hidden />
      <div className={styles.words}>{children}</div>
    </div>
  );
}
