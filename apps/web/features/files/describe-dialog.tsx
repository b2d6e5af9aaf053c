import { useConfab } from '@confab/client/react';
import type { File } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/text-field.tsx';

/** Says in words what a file of one's own shows. */
export default function DescribeDialog({ file, onClose }: { file: File; onClose: () => void }) {
  const { files } = useConfab();
  const [description, setDescription] = useState(file.description ?? '');
  const { run, busy, failure } = useAction(async () => {
    await files.setDescription(file.id, description.trim());
    onClose();
  });
  return (
    <Dialog
      title={t('Describe this file')}
      description={t('For those who do not see it: what it shows, in a sentence or two.')}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <TextArea
          label={t('Description')}
          value={description}
          maxLength={limits.fileDescriptionChars}
          dir="auto"
          autoFocus
          onChange={(event) => setDescription(event.target.value)}
        />
        {failure ? <Banner tone="danger">{failure}</Banner> : null}
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {t('Save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
