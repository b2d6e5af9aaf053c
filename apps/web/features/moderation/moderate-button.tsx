import type { UserId } from '@confab/protocol';
import { ShieldHalf } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { looksAfter, moderates, useCurrentSpace } from '../spaces/current-space.tsx';

/** The way to what a moderator does about somebody. The server says whether their role is below one’s own. */
export function ModerateButton({ user }: { user: UserId }) {
  const { space } = useCurrentSpace();
  const dialogs = useDialogs();
  if (space === null || !moderates(space.role)) return null;
  const request = { kind: 'measure', space: space.id, user, mayRemove: looksAfter(space.role) } as const;
  return (
    <Button icon={<ShieldHalf size={16} aria-hidden />} onClick={() => dialogs.open(request)}>
      {t('Moderate')}
    </Button>
  );
}
