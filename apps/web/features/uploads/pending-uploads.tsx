import { useConfab, useStore } from '@confab/client/react';
import { RotateCw, X } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useConversation } from '../messages/conversation-context.tsx';
import styles from './pending-uploads.module.css';
import { formatPercent, progressText, shareOf } from './progress-text.ts';
import { UploadName } from './upload-name.tsx';
import { UploadPicture } from './upload-picture.tsx';

interface PendingUploadsProps {
  clientId: string;
  uploads: readonly string[];
  text: string;
}

/** The files of a message that waits for them: it is posted by itself once they have arrived. */
export default function PendingUploads({ clientId, uploads, text }: PendingUploadsProps) {
  const { timeline } = useConversation();
  // The last file of a message that says nothing takes it along.
  const isAll = uploads.length === 1 && text.trim() === '';
  return (
    <ul className={styles.list} aria-label={t('Files on their way')}>
      {uploads.map((id) => (
        <PendingUpload key={id} id={id} onLast={isAll ? () => timeline.discard(clientId) : null} />
      ))}
    </ul>
  );
}

function PendingUpload({ id, onLast }: { id: string; onLast: (() => void) | null }) {
  const { files } = useConfab();
  const upload = useStore(files.upload(id));
  const again = useRef<HTMLInputElement>(null);
  if (upload === undefined) return null;
  const { name, type, status } = upload;
  const isWrong = status === 'failed' || status === 'lost';
  return (
    <li className={classNames(styles.file, isWrong && styles.wrong)} data-status={status}>
      <UploadPicture data={files.data(id)} type={type} />
      <span className={styles.about}>
        <UploadName name={name} />
        <span className={styles.state} role={isWrong ? 'alert' : undefined}>
          {progressText(upload)}
        </span>
        {status === 'arrived' || isWrong ? null : (
          <progress className={styles.progress} aria-label={name} value={shareOf(upload)}>
            {formatPercent(shareOf(upload))}
          </progress>
        )}
      </span>
      {status === 'lost' ? (
        <>
          <input
            ref={again}
            type="file"
            hidden
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) files.retry(id, file);
            }}
          />
          <Button size="small" onClick={() => again.current?.click()}>
            {t('Choose again')}
          </Button>
        </>
      ) : null}
      {status === 'failed' ? (
        <IconButton
          size="small"
          label={t('Send {name} again', { name })}
          icon={<RotateCw size={16} />}
          onClick={() => files.retry(id)}
        />
      ) : null}
      <IconButton
        size="small"
        label={status === 'arrived' ? t('Remove {file}', { file: name }) : t('Cancel {name}', { name })}
        icon={<X size={16} />}
        onClick={onLast ?? (() => files.discard(id))}
      />
    </li>
  );
}
