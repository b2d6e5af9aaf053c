import { useConfab } from '@confab/client/react';
import { useEffect, useRef } from 'react';
import { roomBeside, roomsInOrder, unreadBeside } from '../../features/rooms/rooms-in-order.ts';
import { useCurrentSpace } from '../../features/spaces/current-space.tsx';
import { useDialogs } from '../dialogs.tsx';
import { useNavigation } from '../navigation.tsx';
import { roomRoute, searchRoute } from '../route.ts';
import { isTyping } from '../shortcuts.ts';

/** The shortcuts that hold everywhere in the shell. */
export function useShortcuts(): void {
  const confab = useConfab();
  const dialogs = useDialogs();
  const { route, go } = useNavigation();
  const { space } = useCurrentSpace();

  const step = (by: 1 | -1, unread: boolean) => {
    const rooms = roomsInOrder(confab, space?.id);
    const here = route.page === 'room' ? route.room : null;
    const next = unread ? unreadBeside(rooms, here, by, Date.now()) : roomBeside(rooms, here, by);
    if (next !== undefined) go(roomRoute(next.info.id));
  };
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const command = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (command && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      dialogs.open({ kind: 'quick-switcher' });
    } else if (dialogs.current !== null) {
      // A dialog has the keys to itself.
    } else if (
      event.altKey &&
      !event.ctrlKey &&
      !event.metaKey &&
      (event.key === 'ArrowUp' || event.key === 'ArrowDown')
    ) {
      event.preventDefault();
      step(event.key === 'ArrowUp' ? -1 : 1, event.shiftKey);
    } else if ((event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      go(searchRoute(route));
    } else if (event.key === '?' && !isTyping(event.target)) {
      event.preventDefault();
      dialogs.open({ kind: 'shortcuts' });
    } else if (event.key === 'Escape' && route.page === 'room' && route.panel !== null) {
      go({ ...route, panel: null });
    }
  };
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => latest.current(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
}
