import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { currentLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './panel.module.css';

interface PanelProps {
  /** In its header, and what it is called. */
  title: string;
  /** After the title: where it belongs to. */
  detail?: ReactNode;
  /** Before the button that closes it. */
  actions?: ReactNode;
  onClose: () => void;
  /** For what is read and written in it, instead of a list. */
  wide?: boolean;
  children: ReactNode;
}

/** The third column, and on a small screen a page of its own: one header, and what belongs beside the conversation. */
export function Panel({ title, detail, actions, onClose, wide = false, children }: PanelProps) {
  // In other languages a title keeps its letters within a sentence.
  const named = currentLanguage() === 'en' ? title.toLowerCase() : title;
  return (
    <aside className={classNames(styles.panel, wide && styles.wide)} aria-label={title}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h2>{title}</h2>
          {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
        </div>
        {actions}
        <IconButton label={t('Close {title}', { title: named })} icon={<X size={18} />} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}

/** What scrolls in a panel, unless it scrolls by itself. */
export function PanelBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}

/** Keeps the place while a panel loads. */
export function PanelPlace() {
  return <aside className={styles.place} />;
}
