import type { File, PlacedFile, ScheduledMessage } from '@confab/protocol';
import { X } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { FileLine } from '../files/file-line.tsx';
import { SoundCard } from '../files/sound-card.tsx';
import { useOpenFile } from '../files-panel/use-open-file.ts';
import styles from './scheduled-files.module.css';

interface ScheduledFilesProps {
  message: ScheduledMessage;
  files: readonly File[];
  /** Takes one out, while the message is edited. */
  onRemove?: (file: File) => void;
}

/** What a message that waits brings along. */
export function ScheduledFiles({ message: { room, createdAt: at }, files, onRemove }: ScheduledFilesProps) {
  const { me } = useSignedIn();
  const placed = files.map((file): PlacedFile => ({ file, room, message: null, by: me.id, at }));
  // The latest first, as in the files of a room.
  const open = useOpenFile({ files: placed.toReversed(), goesOn: false, mayRemove: false });
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t('Files')}>
      {placed.map((each) =>
        each.file.kind === 'sound' && onRemove === undefined ? (
          <li key={each.file.id} className={styles.sound}>
            <SoundCard placed={each} />
          </li>
        ) : (
          <li key={each.file.id} className={styles.file}>
            <button type="button" className={styles.open} onClick={() => open(each)}>
              <FileLine file={each.file} />
            </button>
            {onRemove ? (
              <IconButton
                size="small"
                label={t('Remove {file}', { file: each.file.name })}
                icon={<X size={16} />}
                onClick={() => onRemove(each.file)}
              />
            ) : null}
          </li>
        ),
      )}
    </ul>
  );
}
