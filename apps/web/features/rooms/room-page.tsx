import type { RoomState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import { type ReactNode, Suspense, useEffect } from 'react';
import type { Route } from '../../app/route.ts';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { lazy } from '../../ui/lazy.ts';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { BlockedComposer, useBlockedPartner } from '../blocks/blocked-composer.tsx';
import composer from '../messages/composer.module.css';
import { RoomConversation } from '../messages/room-conversation.tsx';
import { Silenced } from '../moderation/silenced.tsx';
import { useSilence } from '../moderation/use-silence.ts';
import { moderates as isModerator, looksAfter, useCurrentSpace } from '../spaces/current-space.tsx';
import { Greeting } from '../welcome/greeting.tsx';
import { lastRoom } from './last-room.ts';
import { recentRooms } from './recent-rooms.ts';
import { RoomHeader } from './room-header.tsx';
import styles from './room-page.module.css';
import { RoomPanel } from './room-panel.tsx';
import { useComposerLabel, useRoomTitle } from './use-room-title.ts';

const StrangerPage = lazy(() => import('./stranger-page.tsx'));

export type RoomRoute = Extract<Route, { page: 'room' }>;

export function RoomPage({ route }: { route: RoomRoute }) {
  const room = useStore(useConfab().rooms.room(route.room));
  if (room === undefined || room.membership === null) {
    return (
      <Suspense fallback={null}>
        <StrangerPage room={route.room} />
      </Suspense>
    );
  }
  return <Joined room={room} route={route} />;
}

function Joined({ room, route }: { room: RoomState; route: RoomRoute }) {
  const { space } = useCurrentSpace();
  const { me } = useSignedIn();
  const title = useRoomTitle(room.info);
  const label = useComposerLabel(room.info);
  const blocked = useBlockedPartner(room.info);
  const silence = useSilence(room.info);
  const inSpace = room.info.space !== null;
  const moderates = inSpace && isModerator(space?.role);
  const id = room.info.id;
  useEffect(() => {
    lastRoom.write(id);
    recentRooms.add(me.id, id);
  }, [id, me.id]);
  return (
    <div className={styles.page} data-panel={panelWidth(route)}>
      <section className={styles.conversation} aria-label={title}>
        <RoomHeader room={room} route={route} />
        <Greeting room={room} />
        <RoomConversation
          room={room}
          label={label}
          seq={route.seq}
          moderates={moderates}
          closed={
            blocked !== null ? (
              <BlockedComposer user={blocked} />
            ) : room.info.archivedAt === null ? (
              silence && <Silenced silence={silence} />
            ) : (
              <Closed room={room} mayOpen={(inSpace && looksAfter(space?.role)) || room.info.createdBy === me.id} />
            )
          }
        />
      </section>
      <RoomPanel room={room} route={route} moderates={moderates} />
    </div>
  );
}

function panelWidth({ panel }: RoomRoute): 'narrow' | 'wide' | undefined {
  if (panel === null) return undefined;
  return typeof panel === 'object' ? 'wide' : 'narrow';
}

/** Stands where the composer was. */
function Closed({ room, mayOpen }: { room: RoomState; mayOpen: boolean }): ReactNode {
  const confab = useConfab();
  const toasts = useToasts();
  return (
    <div className={composer.closed}>
      {t('This room is archived: it can be read, not written.')}
      {mayOpen ? (
        <Button size="small" onClick={() => toasts.attempt(confab.rooms.unarchive(room.info.id))}>
          {t('Open it again')}
        </Button>
      ) : null}
    </div>
  );
}
