import { useConfab, useStore } from '@confab/client/react';
import { useEffect } from 'react';
import { useTitleOf } from '../../features/rooms/use-room-title.ts';
import { useCurrentSpace } from '../../features/spaces/current-space.tsx';
import { useNavigation } from '../navigation.tsx';

const pages = { browse: 'Rooms', threads: 'Threads', settings: 'Settings', space: 'Members', doors: 'Doors' } as const;

/** The tab says where one is and how much is unread; its icon carries a dot. */
export function useWindowTitle(): void {
  const rooms = useStore(useConfab().rooms.list);
  const { space } = useCurrentSpace();
  const { route } = useNavigation();
  const unread = rooms.reduce((sum, room) => sum + (room.info.archivedAt === null ? room.unread : 0), 0);
  const titleOf = useTitleOf();
  const open = route.page === 'room' ? rooms.find((room) => room.info.id === route.room) : undefined;
  const place = open === undefined ? pages[route.page as keyof typeof pages] : titleOf(open.info);
  const title = [place, space?.name ?? 'Confab'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon !== null) icon.href = unread > 0 ? '/favicon-unread.svg' : '/favicon.svg';
  }, [unread, title]);
  useEffect(
    () => () => {
      document.title = 'Confab';
    },
    [],
  );
}
