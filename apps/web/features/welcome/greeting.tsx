import type { RoomState } from '@confab/client';
import { Suspense } from 'react';
import { lazy } from '../../ui/lazy.ts';
import { useCurrentSpace } from '../spaces/current-space.tsx';

const WelcomeCard = lazy(() => import('./welcome-card.tsx'));

/** Above what is said in a space's rooms, for whoever has just come into it. */
export function Greeting({ room }: { room: RoomState }) {
  const { space } = useCurrentSpace();
  if (space?.id !== room.info.space || !space?.greet || space.welcome === undefined) return null;
  return (
    <Suspense fallback={null}>
      <WelcomeCard space={space} text={space.welcome} />
    </Suspense>
  );
}
