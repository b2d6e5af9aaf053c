import type { ReactNode } from 'react';
import styles from './entrance.module.css';
import { LanguageChooser } from './language-chooser.tsx';

interface EntranceProps {
  title: string;
  /** What this is, for someone who sees it for the first time. */
  lead: ReactNode;
  children?: ReactNode;
}

/** The frame of every page that shows before one is signed in. */
export function Entrance({ title, lead, children }: EntranceProps) {
  return (
    <main className={styles.entrance}>
      <div className={styles.card}>
        <img src="/favicon.svg" alt="" width={44} height={44} />
        <div>
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.lead}>{lead}</p>
        </div>
        {children}
      </div>
      <LanguageChooser />
    </main>
  );
}
