import { useConfab } from '@confab/client/react';
import type { UserId } from '@confab/protocol';
import { useNavigation } from '../../app/navigation.tsx';
import { roomRoute } from '../../app/route.ts';

/** Goes to the one place of oneself and these people. */
export function useOpenDirect(): (users: readonly UserId[]) => Promise<void> {
  const confab = useConfab();
  const { go } = useNavigation();
  return async (users) => {
    const { info } = await confab.directs.open(users);
    go(roomRoute(info.id));
  };
}
