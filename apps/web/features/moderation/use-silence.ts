import { muteIn } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { Mute, RoomInfo } from '@confab/protocol';
import { useNow } from '../../app/use-now.ts';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { moderates, useCurrentSpace } from '../spaces/current-space.tsx';

/** Why one may not write in a room now: a moderator's mute, or the room's rules. `null` where one may. */
export type Silence = Mute | 'read-only' | null;

export function useSilence(info: RoomInfo): Silence {
  const own = useStore(useConfab().moderation.own);
  const { spaces } = useCurrentSpace();
  const { me } = useSignedIn();
  const now = useNow();
  const mute = muteIn(own, info, now);
  if (mute !== undefined) return mute;
  const role = spaces.find(({ id }) => id === info.space)?.role;
  const free = info.createdBy === me.id || moderates(role);
  return info.whoPosts === 'moderators' && !free ? 'read-only' : null;
}
