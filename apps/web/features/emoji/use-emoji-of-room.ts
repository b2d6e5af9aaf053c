import type { Confab, Store } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { CustomEmoji, RoomId, SpaceId } from '@confab/protocol';
import { useMemo } from 'react';

const none: readonly CustomEmoji[] = [];

/** All emoji of these spaces as one list, which stays the same while they do. */
export function emojiOfSpaces(confab: Confab, spaces: readonly SpaceId[]): Store<readonly CustomEmoji[]> {
  const stores = spaces.map((space) => confab.emoji.of(space));
  const [only] = stores;
  if (only !== undefined && stores.length === 1) return only;
  let parts: readonly (readonly CustomEmoji[])[] = [];
  let whole = none;
  return {
    get: () => {
      const now = stores.map((store) => store.get());
      if (now.length !== parts.length || now.some((part, index) => part !== parts[index])) {
        parts = now;
        whole = now.flat();
      }
      return whole;
    },
    subscribe: (listener) => {
      const ends = stores.map((store) => store.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** Those that can be written in a room: of its space; in directs and groups, and where no room is, of all of one's own. */
export function useEmojiOfRoom(room: RoomId | undefined): readonly CustomEmoji[] {
  const confab = useConfab();
  const spaces = useStore(confab.spaces.list);
  const space = useStore(confab.rooms.list).find(({ info }) => info.id === room)?.info.space;
  const wanted = space ? space : spaces.map(({ id }) => id).join(' ');
  const store = useMemo(
    () => emojiOfSpaces(confab, wanted === '' ? [] : (wanted.split(' ') as SpaceId[])),
    [confab, wanted],
  );
  return useStore(store);
}
