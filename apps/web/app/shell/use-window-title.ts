import { useConfab, useStore } from '@confab/client/react';
import { useEffect } from 'react';
import { attention } from '../../features/rooms/attention.ts';
import { useTitleOf } from '../../features/rooms/use-room-title.ts';
import { useCurrentSpace } from '../../features/spaces/current-space.tsx';
import { sentence, t } from '../../language/sentences.ts';
import { useNavigation } from '../navigation.tsx';

const pages = {
  browse: sentence('Rooms'),
  threads: sentence('Threads'),
  mentions: sentence('Mentions'),
  saved: sentence('Saved'),
  scheduled: sentence('Scheduled'),
  settings: sentence('Settings'),
  'notification-test': sentence('Test my notifications'),
  space: sentence('Members'),
  moderation: sentence('Moderation'),
  doors: sentence('Doors'),
} as const;

function pageTitle(page: string): string | undefined {
  return Object.hasOwn(pages, page) ? t(pages[page as keyof typeof pages]) : undefined;
}

/** The tab says where one is and for how much one is wanted; its icon carries a dot while anything is unread. */
export function useWindowTitle(): void {
  const rooms = useStore(useConfab().rooms.list);
  const { space } = useCurrentSpace();
  const { route } = useNavigation();
  const { wanted, unread } = attention(rooms, Date.now());
  const titleOf = useTitleOf();
  const open = route.page === 'room' ? rooms.find((room) => room.info.id === route.room) : undefined;
  const place = open === undefined ? pageTitle(route.page) : titleOf(open.info);
  const title = [place, space?.name ?? 'Confab'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = wanted > 0 ? `(${wanted}) ${title}` : title;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon !== null) icon.href = unread ? '/favicon-unread.svg' : '/favicon.svg';
  }, [wanted, unread, title]);
  useEffect(
    () => () => {
      document.title = 'Confab';
    },
    [],
  );
}
