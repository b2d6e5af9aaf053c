import type { RoomState } from '@confab/client';
import { Compass, MessagesSquare, Plus } from 'lucide-react';
import { useEffect } from 'react';
import { lastRoom } from '../../features/rooms/last-room.ts';
import { useCurrentSpace } from '../../features/spaces/current-space.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useDialogs } from '../dialogs.tsx';
import { useNavigation } from '../navigation.tsx';
import { roomRoute } from '../route.ts';
import styles from './shell.module.css';

/** Goes on in the room that was open last. On a phone this address is the room list, so nothing is opened by itself. */
export function HomePage({ rooms }: { rooms: readonly RoomState[] }) {
  const { go } = useNavigation();
  const { space } = useCurrentSpace();
  const dialogs = useDialogs();
  const open = rooms.filter(
    ({ info, closed }) => !closed && info.archivedAt === null && (info.space === null || info.space === space?.id),
  );
  const next =
    open.find((room) => room.info.id === lastRoom.read()) ?? open.find(({ info }) => info.space !== null) ?? open[0];
  useEffect(() => {
    if (next !== undefined && matchMedia('(width >= 720px)').matches) go(roomRoute(next.info.id), { replace: true });
  }, [next, go]);
  if (next !== undefined) return <h1 className={styles.spoken}>Rooms</h1>;
  if (space === null) {
    return (
      <EmptyState heading="h1" icon={<MessagesSquare size={24} />} title="You are in no space yet">
        Ask someone for an invitation link and open it here.
      </EmptyState>
    );
  }
  if (space.role === 'guest') {
    return (
      <EmptyState heading="h1" icon={<MessagesSquare size={24} />} title="No rooms yet">
        As a guest you see the rooms that someone adds you to. They will show here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      heading="h1"
      icon={<MessagesSquare size={24} />}
      title={`Welcome to ${space.name}`}
      action={
        <>
          <Button
            look="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => dialogs.open({ kind: 'create-room', space: space.id })}
          >
            Create a room
          </Button>
          <Button icon={<Compass size={16} aria-hidden />} onClick={() => go({ page: 'browse' })}>
            Browse rooms
          </Button>
        </>
      }
    >
      Talk happens in rooms, one for each subject. Make the first, or join one that is there.
    </EmptyState>
  );
}
