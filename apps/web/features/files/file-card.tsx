import { useConfab } from '@confab/client/react';
import type { File, PlacedFile } from '@confab/protocol';
import { Archive, File as Blank, FileImage, FileText, Film, type LucideIcon, Music, NotebookText } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { FileMenu } from './file-menu.tsx';
import { FileName } from './file-name.tsx';
import { formatLength, formatSize } from './file-words.ts';
import styles from './files.module.css';
import { heightOf } from './files-layout.ts';

const icons: Readonly<Record<File['kind'], LucideIcon>> = {
  picture: FileImage,
  video: Film,
  sound: Music,
  pdf: NotebookText,
  text: FileText,
  archive: Archive,
  other: Blank,
};

const kinds: Readonly<Record<File['kind'], Sentence | null>> = {
  picture: sentence('Picture'),
  video: sentence('Video'),
  sound: sentence('Sound'),
  pdf: sentence('PDF'),
  text: sentence('Text'),
  archive: sentence('Archive'),
  other: null,
};

/** What kind of file it is, as its card says it: by the end of its name where its bytes do not tell. */
export function kindOf({ kind, name }: File): string {
  const sentence = kinds[kind];
  if (sentence !== null) return t(sentence);
  const [, ending] = /\.(\w{1,8})$/.exec(name) ?? [];
  return ending ? ending.toUpperCase() : t('File');
}

/** What is said of a file below its name. */
export function factsOf(file: File): string {
  const { pages, durationMs, size } = file;
  return [
    kindOf(file),
    ...(pages === undefined ? [] : [t('{pages, plural, one {# page} other {# pages}}', { pages })]),
    ...(durationMs === undefined ? [] : [formatLength(durationMs)]),
    formatSize(size),
  ].join(' · ');
}

export function FileIcon({ file }: { file: File }) {
  const Icon = icons[file.kind];
  return (
    <span className={styles.icon}>
      <Icon size={22} aria-hidden />
    </span>
  );
}

interface FileCardProps {
  placed: PlacedFile;
  /** What stands for it; its kind's icon otherwise. */
  picture?: ReactNode;
  /** What a press does, and says that it does; it is saved otherwise. */
  onOpen?: () => void;
  isOpen?: boolean;
}

/** A file that is not seen itself: its name, what it is, how large. */
export function FileCard({ placed, picture, onOpen, isOpen }: FileCardProps) {
  const { file } = placed;
  const { files } = useConfab();
  const inner = (
    <>
      {picture ?? <FileIcon file={file} />}
      <span className={styles.words}>
        <FileName name={file.name} />
        <span className={styles.facts}>{factsOf(file)}</span>
      </span>
    </>
  );
  return (
    <div className={styles.card} style={{ blockSize: heightOf(file) }}>
      {onOpen ? (
        <button type="button" className={styles.main} aria-expanded={isOpen} onClick={onOpen}>
          {inner}
        </button>
      ) : (
        <a className={styles.main} href={files.address(file.id, { download: true })} download={file.name}>
          <span className={styles.spoken}>{t('Download')}</span>
          {inner}
        </a>
      )}
      <FileMenu placed={placed} />
    </div>
  );
}
