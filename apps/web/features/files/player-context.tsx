import { createContext, type ReactNode, Suspense, use, useState } from 'react';
import { lazy } from '../../ui/lazy.ts';
import type { Player } from './player.ts';

/** Made with the first sound that is played, and there from then on: what plays goes on wherever one looks. */
const PlayerContext = createContext<readonly [Player | null, (player: Player) => void]>([null, () => {}]);

const NowPlaying = lazy(() => import('./now-playing.tsx'));

export const usePlayerOfPage = () => use(PlayerContext);

export function PlayerProvider({ children }: { children: ReactNode }) {
  const state = useState<Player | null>(null);
  return (
    <PlayerContext value={state}>
      {children}
      <Suspense fallback={null}>{state[0] ? <NowPlaying player={state[0]} /> : null}</Suspense>
    </PlayerContext>
  );
}
