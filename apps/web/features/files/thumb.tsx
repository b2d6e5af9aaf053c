import { useConfab } from '@confab/client/react';
import type { File } from '@confab/protocol';
import { useState } from 'react';
import { FileIcon } from './file-card.tsx';
import styles from './thumb.module.css';
import { usePrefersStill } from './use-prefers-still.ts';

interface ThumbProps {
  file: File;
  /** How wide it is shown. CSS pixels. */
  width: number;
}

/** A small picture of a file; the icon of its kind where there is none, and where it would move for someone who minds. */
export function Thumb({ file, width }: ThumbProps) {
  const { files: kept } = useConfab();
  const [broken, setBroken] = useState(false);
  const still = usePrefersStill();
  const { previews = [] } = file;
  // Screens draw two of their pixels and more for one.
  const preview = previews.find((each) => each >= width * 2) ?? previews.at(-1);
  if (preview === undefined || broken || (file.animated && still)) return <FileIcon file={file} />;
  return (
    <img
      className={styles.picture}
      src={kept.address(file.id, { preview })}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setBroken(true)}
    />
  );
}
