import type { PlacedFile } from '@confab/protocol';
import { MessageSquare } from 'lucide-react';
import { useNavigation } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { FileFacts, FileLine } from '../files/file-line.tsx';
import { FileMenu } from '../files/file-menu.tsx';
import { formatLength } from '../files/file-words.ts';
import { SoundCard } from '../files/sound-card.tsx';
import { Thumb } from '../files/thumb.tsx';
import { formatBrief, formatDateTime } from '../messages/format-time.ts';
import styles from './files-panel.module.css';

interface ListedFileProps {
  placed: PlacedFile;
  mayRemove: boolean;
  onOpen: (placed: PlacedFile) => void;
}

/** A file on a line of its own: what it is, who sent it and when. */
export function FileRow(props: ListedFileProps) {
  return props.placed.file.kind === 'sound' ? <SoundRow {...props} /> : <PlainRow {...props} />;
}

function PlainRow({ placed, mayRemove, onOpen }: ListedFileProps) {
  const { file } = placed;
  return (
    <li className={styles.row}>
      <button type="button" className={styles.main} onClick={() => onOpen(placed)}>
        <FileLine file={file}>
          <Origin placed={placed} />
        </FileLine>
      </button>
      <ToMessage placed={placed} />
      <FileMenu placed={placed} mayRemove={mayRemove} />
    </li>
  );
}

/** One that is played where it stands. */
function SoundRow({ placed }: ListedFileProps) {
  return (
    <li className={styles.sound}>
      <SoundCard placed={placed} />
      <div className={styles.foot}>
        <Origin placed={placed} />
        <ToMessage placed={placed} />
      </div>
    </li>
  );
}

/** A picture or video in a grid. */
export function FileTile({ placed, mayRemove, onOpen }: ListedFileProps) {
  const { file, at } = placed;
  return (
    <li className={styles.tile}>
      <button
        type="button"
        className={styles.open}
        aria-label={`${file.description ?? file.name}, ${formatDateTime(at)}`}
        title={file.name}
        onClick={() => onOpen(placed)}
      >
        <Thumb file={file} width={130} />
        {file.kind === 'video' && file.durationMs !== undefined ? (
          <span className={styles.length}>{formatLength(file.durationMs)}</span>
        ) : null}
      </button>
      <span className={styles.corner}>
        <FileMenu placed={placed} mayRemove={mayRemove} over />
      </span>
    </li>
  );
}

function Origin({ placed: { by, at } }: { placed: PlacedFile }) {
  return (
    <FileFacts>
      <PersonName user={by} /> · <time title={formatDateTime(at)}>{formatBrief(at, Date.now())}</time>
    </FileFacts>
  );
}

function ToMessage({ placed: { room, message, file } }: { placed: PlacedFile }) {
  const { go } = useNavigation();
  if (message === null) return null;
  return (
    <IconButton
      size="small"
      className={styles.jump}
      label={t('Go to the message with {name}', { name: file.name })}
      icon={<MessageSquare size={16} />}
      onClick={() => go({ page: 'message', room, message })}
    />
  );
}
