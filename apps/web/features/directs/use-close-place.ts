import type { RoomState } from '@confab/client';
import { useConfab } from '@confab/client/react';
import { useNavigation } from '../../app/navigation.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';

/** Takes a direct or group out of the list; whoever looks at it goes home. */
export function useClosePlace(): (room: RoomState, here: boolean) => void {
  const confab = useConfab();
  const toasts = useToasts();
  const { go } = useNavigation();
  return (room, here) => {
    const closing = confab.directs.close(room.info.id).then(() => (here ? go({ page: 'home' }) : undefined));
    toasts.attempt(closing, t('Closed. It comes back with the next message.'));
  };
}
