import { useConfab, useStore } from '@confab/client/react';
import type { RoomId } from '@confab/protocol';
import { useRef } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { useTitleOf } from '../rooms/use-room-title.ts';
import { useCurrentSpace } from '../spaces/current-space.tsx';
import { arrangeRooms, type RoomGroup } from './arranged-rooms.ts';
import { foldedGroups } from './folded-groups.ts';

interface ArrangedRooms {
  readonly groups: readonly RoomGroup[];
  /** Nothing moves while one points at the list. */
  readonly pointing: { onPointerEnter(): void; onPointerLeave(): void };
}

export function useArrangedRooms(): ArrangedRooms {
  const confab = useConfab();
  const rooms = useStore(confab.rooms.list);
  const arrangement = useStore(confab.sections.state);
  const { roomOrder, roomsShown } = useStore(confab.settings.state);
  const folded = useStore(foldedGroups);
  const titleOf = useTitleOf();
  const { space } = useCurrentSpace();
  const { route } = useNavigation();
  const last = useRef<readonly RoomGroup[]>([]);
  const still = useRef<ReadonlyMap<RoomId, number> | null>(null);
  last.current = arrangeRooms(rooms, {
    space: space?.id,
    arrangement,
    order: roomOrder,
    shown: roomsShown,
    folded,
    here: route.page === 'room' ? route.room : null,
    now: Date.now(),
    titleOf,
    still: still.current,
  });
  return {
    groups: last.current,
    pointing: {
      onPointerEnter: () => {
        const shown = last.current.flatMap((group) => group.rooms);
        still.current = new Map(shown.map(({ info }, index) => [info.id, index]));
      },
      onPointerLeave: () => {
        still.current = null;
      },
    },
  };
}
