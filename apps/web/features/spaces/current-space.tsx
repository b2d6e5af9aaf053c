import { useConfab, useStore } from '@confab/client/react';
import type { Role, SpaceView } from '@confab/protocol';
import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';

const storageKey = 'confab:space';

interface CurrentSpace {
  /** `null` for someone who is in no space (any more). */
  space: SpaceView | null;
  spaces: readonly SpaceView[];
  choose(space: SpaceView): void;
}

const CurrentSpaceContext = createContext<CurrentSpace | null>(null);

/** The space whose rooms are listed: that of the open room, otherwise the one chosen last. */
export function CurrentSpaceProvider({ children }: { children: ReactNode }) {
  const confab = useConfab();
  const spaces = useStore(confab.spaces.list);
  const rooms = useStore(confab.rooms.list);
  const { route } = useNavigation();
  const [chosen, setChosen] = useState(() => localStorage.getItem(storageKey));
  const open = route.page === 'room' ? rooms.find((room) => room.info.id === route.room)?.info.space : undefined;
  const space = spaces.find(({ id }) => id === (open ?? chosen)) ?? spaces[0] ?? null;
  const value = useMemo<CurrentSpace>(
    () => ({
      space,
      spaces,
      choose: ({ id }) => {
        localStorage.setItem(storageKey, id);
        setChosen(id);
      },
    }),
    [space, spaces],
  );
  return <CurrentSpaceContext value={value}>{children}</CurrentSpaceContext>;
}

export function useCurrentSpace(): CurrentSpace {
  const value = use(CurrentSpaceContext);
  if (value === null) throw new Error('useCurrentSpace needs a CurrentSpaceProvider above it.');
  return value;
}

/** Moderators and those above them look after what is said in a space, and by whom. */
export function moderates(role: Role | undefined): boolean {
  return role === 'moderator' || looksAfter(role);
}

/** Admins and owners look after a space: they invite, rename and archive. */
export function looksAfter(role: Role | undefined): boolean {
  return role === 'owner' || role === 'admin';
}
