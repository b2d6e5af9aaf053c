import { useConfab, useStore } from '@confab/client/react';
import { limits } from '@confab/protocol/limits.ts';
import { type FormEvent, useState } from 'react';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import styles from './describe-upload-dialog.module.css';
import { useObjectUrl } from './use-object-url.ts';

export interface DescribeUploadRequest {
  /** As this device calls it. */
  upload: string;
}

/** Says in words what a picture or a video shows, for those who do not see it. */
export default function DescribeUploadDialog({ upload: id, onClose }: DescribeUploadRequest & { onClose: () => void }) {
  const { files } = useConfab();
  const upload = useStore(files.upload(id));
  const [text, setText] = useState(upload?.description ?? '');
  const address = useObjectUrl(files.data(id));
  const save = (event: FormEvent) => {
    event.preventDefault();
    files.describe(id, text.trim());
    onClose();
  };
  return (
    <Dialog
      title={t('What does it show?')}
      description={t('People who do not see it have this read to them.')}
      onClose={onClose}
    >
      <form className={styles.form} onSubmit={save}>
        {address === null || upload === undefined ? null : (
          <div className={styles.picture}>
            {upload.type.startsWith('video/') ? (
              <video src={address} muted playsInline preload="metadata" aria-label={upload.name} />
            ) : (
              <img src={address} alt={upload.name} />
            )}
          </div>
        )}
        <TextArea
          label={t('Description')}
          autoFocus
          dir="auto"
          maxLength={limits.fileDescriptionChars}
          placeholder={t('Two people at a workbench, planing an oak board')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="primary">
            {t('Save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
