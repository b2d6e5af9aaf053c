import { type ReactNode, useState } from 'react';
import styles from './markdown.module.css';

/** Words that show when they are asked for. Hidden they are plain words, so that no link in them can be followed. */
export function Spoiler({ words, children }: { words: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  if (open) return <span className={styles.spoilt}>{children}</span>;
  return (
    <button type="button" className={styles.spoiler} aria-label="Show the spoiler" onClick={() => setOpen(true)}>
      <span aria-hidden>{words}</span>
    </button>
  );
}
