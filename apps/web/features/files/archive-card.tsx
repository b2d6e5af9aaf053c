import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { useId, useState } from 'react';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { FileCard } from './file-card.tsx';
import { formatSize } from './file-words.ts';
import styles from './files.module.css';

/** An archive: what is in it is shown when it is asked for. */
export function ArchiveCard({ placed }: { placed: PlacedFile }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.archive}>
      <FileCard placed={placed} isOpen={isOpen} onOpen={() => setOpen(!isOpen)} />
      {isOpen ? <Entries placed={placed} /> : null}
    </div>
  );
}

function Entries({ placed: { file } }: { placed: PlacedFile }) {
  const { files } = useConfab();
  const heading = useId();
  const loaded = useLoaded(() => files.entries(file.id), file.id);
  if (loaded.status === 'loading') return <p className={styles.note}>{t('Loading')}</p>;
  if (loaded.status === 'failed') return <Banner tone="danger">{loaded.failure}</Banner>;
  const { entries, more } = loaded.value;
  if (entries.length === 0) return <p className={styles.note}>{t('There is nothing in it that can be listed.')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <div className={styles.entries} tabIndex={0}>
      <p id={heading} className={styles.note}>
        {t('{count, plural, one {# file in it} other {# files in it}}', { count: entries.length })}
      </p>
      <ul aria-labelledby={heading}>
        {entries.map(({ name, size }) => (
          <li key={name} className={styles.entry}>
            <bdi className={styles.entryName}>{name}</bdi>
            <span className={styles.facts}>{size === null ? '' : formatSize(size)}</span>
          </li>
        ))}
      </ul>
      {more ? <p className={styles.note}>{t('There are more.')}</p> : null}
    </div>
  );
}
