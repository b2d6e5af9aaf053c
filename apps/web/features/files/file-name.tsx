import { nameParts } from './file-words.ts';
import styles from './files.module.css';

/** A file's name on one line, in its own direction; where there is no room its middle is left out. */
export function FileName({ name }: { name: string }) {
  const { head, tail } = nameParts(name);
  return (
    <bdi className={styles.name} title={name}>
      {tail === '' ? null : <span className={styles.spoken}>{name}</span>}
      <span className={styles.head} aria-hidden={tail !== '' || undefined}>
        {head}
      </span>
      {tail === '' ? null : (
        <span className={styles.tail} aria-hidden>
          {tail}
        </span>
      )}
    </bdi>
  );
}
