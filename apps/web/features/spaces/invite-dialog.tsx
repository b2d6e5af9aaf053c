import { useConfab } from '@confab/client/react';
import type { InviteView, SpaceId } from '@confab/protocol';
import { useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { useLoaded } from '../../app/use-loaded.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import styles from './invite-dialog.module.css';
import { InviteList } from './invite-list.tsx';

const roles = () =>
  [
    { value: 'member', label: t('Member') },
    { value: 'guest', label: t('Guest, only added rooms') },
    { value: 'moderator', label: t('Moderator') },
    { value: 'admin', label: t('Admin') },
  ] as const;

const dayMs = 86_400_000;
const expiries = () =>
  [
    { value: '1', label: t('After a day') },
    { value: '7', label: t('After a week') },
    { value: '30', label: t('After 30 days') },
  ] as const;

const uses = () =>
  [
    { value: '1', label: t('Once') },
    { value: '10', label: t('10 times') },
    { value: 'any', label: t('Without limit') },
  ] as const;

interface InviteDialogProps {
  space: SpaceId;
  onClose: () => void;
}

/** Makes invitation links. A link's secret is shown this once; afterwards it can only be withdrawn. */
export default function InviteDialog({ space, onClose }: InviteDialogProps) {
  const confab = useConfab();
  const [role, setRole] = useState<ReturnType<typeof roles>[number]['value']>('member');
  const [days, setDays] = useState<ReturnType<typeof expiries>[number]['value']>('7');
  const [maxUses, setMaxUses] = useState<ReturnType<typeof uses>[number]['value']>('any');
  const [link, setLink] = useState<string | null>(null);
  const invites = useLoaded<InviteView[]>(() => confab.spaces.listInvites(space), space);
  const { run, busy, failure } = useAction(async () => {
    const made = await confab.spaces.createInvite(space, {
      role,
      expiresInMs: Number(days) * dayMs,
      maxUses: maxUses === 'any' ? null : Number(maxUses),
    });
    setLink(`${location.origin}/join/${made.token}`);
    invites.change((list) => [made.invite, ...list.filter(({ id }) => id !== made.invite.id)]);
  });
  return (
    <Dialog
      title={t('Invite people')}
      description={t('Whoever opens the link can make an account and join this space.')}
      size="wide"
      onClose={onClose}
    >
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      {link === null ? null : (
        <div className={styles.made}>
          <CopyField label={t('Invitation link')} value={link} />
          <p className={styles.hint}>{t('Copy it now: for safety it is shown only this once.')}</p>
        </div>
      )}
      <form
        className={styles.options}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <SelectField label={t('They join as')} value={role} options={roles()} onChange={setRole} />
        <SelectField label={t('Expires')} value={days} options={expiries()} onChange={setDays} />
        <SelectField label={t('Can be used')} value={maxUses} options={uses()} onChange={setMaxUses} />
        <Button type="submit" look={link === null ? 'primary' : 'secondary'} busy={busy} className={styles.create}>
          {link === null ? t('Create link') : t('Create another link')}
        </Button>
      </form>
      <InviteList invites={invites} />
    </Dialog>
  );
}
