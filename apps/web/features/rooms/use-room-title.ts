import { othersIn, roomTitle } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { RoomInfo } from '@confab/protocol';
import { useCallback } from 'react';
import { t } from '../../language/sentences.ts';
import { useSignedIn } from '../accounts/signed-in.tsx';

/** What rooms are called: by their names, or by who is in them. */
export function useTitleOf(): (info: RoomInfo) => string {
  const known = useStore(useConfab().people.known);
  const { me } = useSignedIn();
  return useCallback((info) => roomTitle(info, me.id, (user) => known.get(user)?.name), [known, me.id]);
}

export function useRoomTitle(info: RoomInfo): string {
  return useTitleOf()(info);
}

/** What the composer of a room is for. */
export function useComposerLabel(info: RoomInfo): string {
  const { me } = useSignedIn();
  const title = useRoomTitle(info);
  const alone = info.kind === 'direct' && othersIn(info, me.id).length === 0;
  return alone ? t('Message yourself') : t('Message {title}', { title });
}
