import type { RoomState } from '@confab/client';
import { Suspense, useEffect } from 'react';
import { lastRoom } from '../../features/rooms/last-room.ts';
import { useCurrentSpace } from '../../features/spaces/current-space.tsx';
import { t } from '../../language/sentences.ts';
import { lazy } from '../../ui/lazy.ts';
import { useNavigation } from '../navigation.tsx';
import { roomRoute } from '../route.ts';
import styles from './shell.module.css';

/** Seen once, by whoever has no room yet. */
const NoRoomsPage = lazy(() => import('./no-rooms-page.tsx'));

/** Goes on in the room that was open last. On a phone this address is the room list, so nothing is opened by itself. */
export function HomePage({ rooms }: { rooms: readonly RoomState[] }) {
  const { go } = useNavigation();
  const { space } = useCurrentSpace();
  const open = rooms.filter(
    ({ info, closed }) => !closed && info.archivedAt === null && (info.space === null || info.space === space?.id),
  );
  const next =
    open.find((room) => room.info.id === lastRoom.read()) ?? open.find(({ info }) => info.space !== null) ?? open[0];
  useEffect(() => {
    if (next !== undefined && matchMedia('(width >= 720px)').matches) go(roomRoute(next.info.id), { replace: true });
  }, [next, go]);
  if (next !== undefined) return <h1 className={styles.spoken}>{t('Rooms')}</h1>;
  return (
    <Suspense fallback={null}>
      <NoRoomsPage />
    </Suspense>
  );
}
