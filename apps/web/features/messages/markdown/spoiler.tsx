import { type ReactNode, useState } from 'react';
import { t } from '../../../language/sentences.ts';
import styles from './markdown.module.css';

/**
 * Words that show when they are asked for. Hidden, the style sheet draws them as a bar of their length: nobody copies
 * them along, hears them read out, or follows a link in them.
 */
export function Spoiler({ words, children }: { words: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  if (open) return <span className={styles.spoilt}>{children}</span>;
  return (
    <button
      type="button"
      className={styles.spoiler}
      aria-label={t('Show the spoiler')}
      data-words={words}
      onClick={() => setOpen(true)}
    />
  );
}
