import { useConfab } from '@confab/client/react';
import type { InviteView } from '@confab/protocol';
import { useToasts } from '../../app/toasts.tsx';
import type { useLoaded } from '../../app/use-loaded.ts';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './invite-dialog.module.css';
import { roleName } from './role-names.ts';

/** Invitations that still work. */
export function InviteList({ invites }: { invites: ReturnType<typeof useLoaded<InviteView[]>> }) {
  const confab = useConfab();
  const toasts = useToasts();
  if (invites.status === 'loading') return null;
  if (invites.status === 'failed') return <Banner tone="danger">{invites.failure}</Banner>;
  if (invites.value.length === 0) return null;
  const withdraw = async (invite: InviteView) => {
    await confab.spaces.revokeInvite(invite.id);
    invites.change((list) => list.filter(({ id }) => id !== invite.id));
  };
  return (
    <section>
      <h3 className={styles.subtitle}>{t('Links that still work')}</h3>
      <ul>
        {invites.value.map((invite) => (
          <li key={invite.id} className={styles.invite}>
            <span className={styles.about}>
              <span>{inviteWords(invite)}</span>
              <span className={styles.hint}>
                <Trans
                  sentence={sentence('Until {date}, made by <person/>')}
                  values={{ date: formatDateTime(invite.expiresAt) }}
                  parts={{ person: () => <PersonName user={invite.createdBy} /> }}
                />
              </span>
            </span>
            <Button
              size="small"
              aria-label={t('Withdraw the link ending in {hint}', { hint: invite.hint })}
              onClick={() => toasts.attempt(withdraw(invite), t('The link no longer works.'))}
            >
              {t('Withdraw')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What it gives, how it ends, and how often it was used. */
function inviteWords({ role, hint, uses, maxUses }: InviteView): string {
  if (maxUses === null) {
    return t('{role}, …{hint}, used {uses, plural, =0 {by nobody yet} =1 {once} other {# times}}', {
      role: roleName(role),
      hint,
      uses,
    });
  }
  return t('{role}, …{hint}, used {uses, number} of {most, plural, other {# times}}', {
    role: roleName(role),
    hint,
    uses,
    most: maxUses,
  });
}
