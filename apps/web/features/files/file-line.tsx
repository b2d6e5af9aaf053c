import type { File } from '@confab/protocol';
import type { ReactNode } from 'react';
import { factsOf } from './file-card.tsx';
import styles from './file-line.module.css';
import { FileName } from './file-name.tsx';
import { Thumb } from './thumb.tsx';

interface FileLineProps {
  file: File;
  /** What else is said of it, below. */
  children?: ReactNode;
}

/** A file among others, on a line that can be pressed. */
export function FileLine({ file, children }: FileLineProps) {
  return (
    <>
      <span className={styles.thumb}>
        <Thumb file={file} width={44} />
      </span>
      <span className={styles.words}>
        <FileName name={file.name} />
        <FileFacts>{factsOf(file)}</FileFacts>
        {children}
      </span>
    </>
  );
}

/** What is said of a file below its name, on one line. */
export function FileFacts({ children }: { children: ReactNode }) {
  return <span className={styles.facts}>{children}</span>;
}
