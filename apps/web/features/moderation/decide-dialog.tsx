import { useConfab } from '@confab/client/react';
import type { Decision, ReportCase } from '@confab/protocol';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import styles from './moderation.module.css';
import { ReasonField, TermField } from './reason-fields.tsx';
import { endOfTerm, type Term } from './terms.ts';

const decisions = () =>
  [
    { value: 'dismiss', label: t('Leave it as it is') },
    { value: 'delete', label: t('Delete the message') },
    { value: 'warn', label: t('Warn the author') },
    { value: 'mute', label: t('Mute the author') },
    { value: 'ban', label: t('Ban the author') },
  ] as const satisfies readonly { value: Decision; label: string }[];

/** Whether the author has to be told why. */
const needsReason = (decision: Decision) => decision === 'warn' || decision === 'mute' || decision === 'ban';

interface DecideDialogProps {
  reported: ReportCase;
  onDecided: () => void;
  onClose: () => void;
}

/** What becomes of a reported message and of who wrote it. */
export default function DecideDialog({ reported, onDecided, onClose }: DecideDialogProps) {
  const confab = useConfab();
  const [decision, setDecision] = useState<Decision>('delete');
  const [alsoDelete, setAlsoDelete] = useState(true);
  const [term, setTerm] = useState<Term>('1d');
  const [reason, setReason] = useState('');
  const about = needsReason(decision);
  const { run, busy, failure } = useAction(async () => {
    const until = decision === 'mute' || decision === 'ban' ? { until: endOfTerm(term) } : {};
    const more = about ? { alsoDelete, ...until } : {};
    await confab.call('moderation.decide', { message: reported.message, decision, reason: reason.trim(), ...more });
    onDecided();
    onClose();
  });
  return (
    <Dialog
      title={t('Decide about this report')}
      description={t('Whoever reported it hears what you decided, not who decided it.')}
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
          {reported.text}
        </blockquote>
        <SelectField<Decision> label={t('Decision')} value={decision} options={decisions()} onChange={setDecision} />
        {decision === 'mute' || decision === 'ban' ? <TermField value={term} onChange={setTerm} /> : null}
        {about ? (
          <label className={styles.check}>
            <input type="checkbox" checked={alsoDelete} onChange={(event) => setAlsoDelete(event.target.checked)} />
            <span>{t('Delete the message too')}</span>
          </label>
        ) : null}
        {decision === 'dismiss' ? null : <ReasonField value={reason} required={about} onChange={setReason} />}
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="primary" busy={busy} disabled={about && reason.trim() === ''}>
            {t('Decide')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
