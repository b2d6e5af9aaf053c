import { createEntrance, type Entrance } from '@confab/client/entrance';
import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';

const EntranceContext = createContext<Entrance | null>(null);

/** Finds out who is signed in. The rest of the client comes with the pages for who is. */
export function openEntrance(): Entrance {
  const entrance = createEntrance({ url: '' });
  entrance.start();
  return entrance;
}

export function EntranceProvider({ entrance, children }: { entrance: Entrance; children: ReactNode }) {
  return <EntranceContext value={entrance}>{children}</EntranceContext>;
}

export function useEntrance(): Entrance {
  const entrance = use(EntranceContext);
  if (entrance === null) throw new Error('There is no <EntranceProvider> above this component.');
  return entrance;
}

export function useAccountState() {
  const { state } = useEntrance().account;
  return useSyncExternalStore(state.subscribe, state.get);
}
