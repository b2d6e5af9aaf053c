import type { RoomInfo } from '@confab/protocol';
import { Archive, Hash, Lock } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import { PlaceIcon } from '../directs/place-icon.tsx';

/** What kind of room it is, at a glance. */
export function RoomIcon({ room, size = 16 }: { room: RoomInfo; size?: number }) {
  if (room.space === null) return <PlaceIcon info={room} />;
  if (room.archivedAt !== null) return <Archive size={size} aria-label={t('Archived')} />;
  if (room.visibility === 'private') return <Lock size={size} aria-label={t('Private')} />;
  return <Hash size={size} aria-hidden />;
}
