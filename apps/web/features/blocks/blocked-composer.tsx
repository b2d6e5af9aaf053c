import { othersIn } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { RoomInfo, UserId } from '@confab/protocol';
import { useToasts } from '../../app/toasts.tsx';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { Button } from '../../ui/button.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import composer from '../messages/composer.module.css';

/** The other person of a direct, when one blocks them. */
export function useBlockedPartner(info: RoomInfo): UserId | null {
  const blocked = useStore(useConfab().blocks.users);
  const { me } = useSignedIn();
  if (info.kind !== 'direct') return null;
  return othersIn(info, me.id).find((user) => blocked.has(user)) ?? null;
}

/** Stands where the composer was: whoever blocks someone does not write to them either. */
export function BlockedComposer({ user }: { user: UserId }) {
  const confab = useConfab();
  const toasts = useToasts();
  return (
    <div className={composer.closed}>
      <span>
        <Trans sentence={sentence('You blocked <person/>.')} parts={{ person: () => <PersonName user={user} /> }} />
      </span>
      <Button size="small" onClick={() => toasts.attempt(confab.blocks.remove(user))}>
        {t('Unblock')}
      </Button>
    </div>
  );
}
