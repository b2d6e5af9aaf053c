import { useConfab } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import styles from './moderation.module.css';
import { ReasonField } from './reason-fields.tsx';

/** Deletes somebody else’s message. */
export default function DeleteDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const confab = useConfab();
  const [reason, setReason] = useState('');
  const { run, busy, failure } = useAction(async () => {
    const why = reason.trim();
    await confab.call('message.delete', { message: message.id, ...(why === '' ? {} : { reason: why }) });
    onClose();
  });
  return (
    <Dialog
      title={t('Delete this message?')}
      description={t('Its text is removed for everyone, for good. A line stays where it was, and its author is told.')}
      onClose={onClose}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {failure ? <Banner tone="danger">{failure}</Banner> : null}
        <ReasonField value={reason} onChange={setReason} />
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="danger" busy={busy}>
            {t('Delete')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
