import { useConfab } from '@confab/client/react';
import type { Message, Params } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { messageLine } from '../messages/one-line.ts';
import styles from './moderation.module.css';
import { reportReasons } from './report-reasons.ts';

/** Tells the moderators of a message. */
export default function ReportDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const confab = useConfab();
  const toasts = useToasts();
  const [reason, setReason] = useState<Params<'moderation.report'>['reason']>('spam');
  const [note, setNote] = useState('');
  const { run, busy, failure } = useAction(async () => {
    await confab.call('moderation.report', { message: message.id, reason, note: note.trim() });
    toasts.done(t('The moderators were told. You will hear what they decide.'));
    onClose();
  });
  return (
    <Dialog
      title={t('Report this message')}
      description={t(
        'The moderators of this space see the message and who reported it. Its author does not see who did.',
      )}
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
        <blockquote className={styles.quote} dir="auto">
          {message.text || messageLine(message)}
        </blockquote>
        <SelectField label={t('What is wrong')} value={reason} options={reportReasons()} onChange={setReason} />
        <TextArea
          label={t('Note')}
          hint={t('What else the moderators should know, if anything.')}
          dir="auto"
          rows={2}
          maxLength={limits.reportNoteChars}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {t('Report')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
