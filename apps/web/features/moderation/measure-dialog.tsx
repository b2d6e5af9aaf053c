import { useConfab, useStore } from '@confab/client/react';
import type { SpaceId, UserId } from '@confab/protocol';
import { useState } from 'react';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import styles from './moderation.module.css';
import { ReasonField, TermField } from './reason-fields.tsx';
import { endOfTerm, type Term } from './terms.ts';

const measures = () =>
  [
    {
      value: 'warn',
      label: t('Warn'),
      does: t('They are told the reason and have to confirm it.'),
      done: t('The warning was sent.'),
    },
    {
      value: 'mute',
      label: t('Mute'),
      does: t('They read on, but cannot write, edit or react until the time is over.'),
      done: t('They are muted.'),
    },
    {
      value: 'remove',
      label: t('Remove from the space'),
      does: t('They leave this space and all of its rooms at once. With an invitation they can come back.'),
      done: t('They were removed.'),
    },
    {
      value: 'ban',
      label: t('Ban from the space'),
      does: t('They leave at once, and no invitation brings them back until the time is over.'),
      done: t('They are banned.'),
    },
  ] as const;
type Measure = ReturnType<typeof measures>[number]['value'];

const everywhere = 'everywhere';

interface MeasureDialogProps {
  space: SpaceId;
  user: UserId;
  /** Only those who look after the space take people out of it without a ban. */
  mayRemove: boolean;
  onClose: () => void;
}

/** What a moderator does about somebody. */
export default function MeasureDialog({ space, user, mayRemove, onClose }: MeasureDialogProps) {
  const confab = useConfab();
  const toasts = useToasts();
  const name = useStore(confab.people.person(user))?.name ?? '';
  const rooms = useStore(confab.rooms.list).filter(({ info }) => info.space === space && info.archivedAt === null);
  const [measure, setMeasure] = useState<Measure>('warn');
  const [term, setTerm] = useState<Term>('1d');
  const [where, setWhere] = useState(everywhere);
  const [reason, setReason] = useState('');
  const chosen = measures().find(({ value }) => value === measure);
  const { run, busy, failure } = useAction(async () => {
    const until = endOfTerm(term);
    const about = { space, user, reason: reason.trim() };
    const room = rooms.find(({ info }) => info.id === where)?.info.id;
    if (measure === 'warn') await confab.call('moderation.warn', about);
    else if (measure === 'mute') await confab.call('moderation.mute', { ...about, until, ...(room ? { room } : {}) });
    else if (measure === 'remove') await confab.call('space.remove-member', about);
    else await confab.call('moderation.ban', { ...about, until });
    toasts.done(chosen?.done ?? '');
    onClose();
  });
  const places = [
    { value: everywhere, label: t('In the whole space') },
    ...rooms.map(({ info }) => ({ value: info.id as string, label: t('Only in {room}', { room: info.name }) })),
  ];
  return (
    <Dialog title={t('Moderate {name}', { name })} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {failure ? <Banner tone="danger">{failure}</Banner> : null}
        <SelectField<Measure>
          label={t('What to do')}
          hint={chosen?.does}
          value={measure}
          options={measures().filter(({ value }) => value !== 'remove' || mayRemove)}
          onChange={setMeasure}
        />
        {measure === 'mute' ? (
          <SelectField label={t('Where')} value={where} options={places} onChange={setWhere} />
        ) : null}
        {measure === 'mute' || measure === 'ban' ? <TermField value={term} onChange={setTerm} /> : null}
        <ReasonField value={reason} required onChange={setReason} />
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" look="danger" busy={busy} disabled={reason.trim() === ''}>
            {chosen?.label}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
