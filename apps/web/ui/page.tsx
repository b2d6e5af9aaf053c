import type { ReactNode } from 'react';
import styles from './page.module.css';

interface PageProps {
  title: string;
  /** Stands before the title, such as a back button. */
  before?: ReactNode;
  /** Stands at the end of the header. */
  actions?: ReactNode;
  /** For cards side by side, instead of lines to read. */
  wide?: boolean;
  children: ReactNode;
}

/** A page that is not a conversation: a header bar like a room's, and one column of content. */
export function Page({ title, before, actions, wide = false, children }: PageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        {before}
        <h1 className={styles.title}>{title}</h1>
        {actions}
      </header>
      <div className={styles.scroller}>
        <div className={styles.column} data-wide={wide}>
          {children}
        </div>
      </div>
    </div>
  );
}

/** Scrolls a page so that one of its sections stands on top. The page alone: a browser would move all around it too. */
export function showSection(id: string): void {
  const section = document.getElementById(id);
  const scroller = section?.closest(`.${styles.scroller}`);
  if (section && scroller)
    scroller.scrollTop += section.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

interface PageSectionProps {
  /** For `showSection`. */
  id?: string;
  title: string;
  hint?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export function PageSection({ id, title, hint, children }: PageSectionProps) {
  return (
    <section className={styles.section} id={id}>
      <div>
        <h2>{title}</h2>
        {hint ? <p className={styles.hint}>{hint}</p> : null}
      </div>
      {children}
    </section>
  );
}
