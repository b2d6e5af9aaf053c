import { useConfab } from '@confab/client/react';
import type { InviteView } from '@confab/protocol';
import { useToasts } from '../../app/toasts.tsx';
import type { useLoaded } from '../../app/use-loaded.ts';
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
      <h3 className={styles.subtitle}>Links that still work</h3>
      <ul>
        {invites.value.map((invite) => (
          <li key={invite.id} className={styles.invite}>
            <span className={styles.about}>
              <span>
                {`${roleName(invite.role)}, …${invite.hint}, used `}
                {invite.maxUses === null ? countOf(invite.uses) : `${invite.uses} of ${invite.maxUses} times`}
              </span>
              <span className={styles.hint}>
                Until {formatDateTime(invite.expiresAt)}, made by <PersonName user={invite.createdBy} />
              </span>
            </span>
            <Button
              size="small"
              aria-label={`Withdraw the link ending in ${invite.hint}`}
              onClick={() => toasts.attempt(withdraw(invite), 'The link no longer works.')}
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function countOf(uses: number): string {
  if (uses === 0) return 'by nobody yet';
  return uses === 1 ? 'once' : `${uses} times`;
}
