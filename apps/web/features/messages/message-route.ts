import type { Message, MessageId } from '@confab/protocol';
import { useCallback } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { type Panel, type Route, threadRoute } from '../../app/route.ts';

type Placed = Pick<Message, 'room' | 'seq' | 'thread' | 'alsoInRoom'>;

/** Where a message stands: in its room with `panel` beside it, or in the thread that alone shows it. */
export function messageRoute({ room, seq, thread, alsoInRoom }: Placed, panel: Panel | null = null): Route {
  if (thread !== undefined && !alsoInRoom) return threadRoute(room, thread, seq);
  return { page: 'room', room, seq, panel };
}

/** The way to a message from here: what stands beside the room, or where one reads in it, stays as it is. */
export function useMessageRoute(): (message: Placed) => Route {
  const { route } = useNavigation();
  return useCallback(
    (message) => {
      const target = messageRoute(message);
      if (route.page !== 'room' || target.page !== 'room' || route.room !== target.room) return target;
      return target.panel === null ? { ...target, panel: route.panel } : { ...target, seq: route.seq };
    },
    [route],
  );
}

/** Opens a thread beside its room. */
export function useOpenThread(): (message: Pick<Message, 'room'>, root: MessageId) => void {
  const { route, go } = useNavigation();
  return useCallback(
    ({ room }, root) => {
      const target = threadRoute(room, root);
      const here = route.page === 'room' && route.room === room && target.page === 'room';
      go(here ? { ...target, seq: route.seq } : target);
    },
    [route, go],
  );
}
