import { nameParts } from '../files/file-words.ts';
import styles from './upload-name.module.css';

/** Cut in its middle, where two names seldom differ; whole in its title. */
export function UploadName({ name }: { name: string }) {
  const { head, tail } = nameParts(name);
  return (
    <bdi className={styles.name} title={name}>
      <span className={styles.head}>{head}</span>
      {tail === '' ? null : <span className={styles.tail}>{tail}</span>}
    </bdi>
  );
}
