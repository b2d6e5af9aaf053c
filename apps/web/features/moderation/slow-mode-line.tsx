import type { RoomState, TimelineState } from '@confab/client';
import { useEffect, useState } from 'react';
import { t } from '../../language/sentences.ts';
import { useSignedIn } from '../accounts/signed-in.tsx';
import composer from '../messages/composer.module.css';
import { moderates, useCurrentSpace } from '../spaces/current-space.tsx';
import { formatWait } from './format-wait.ts';

/** When one posted last, as far as this timeline tells. */
function lastOwn(state: TimelineState, me: string): number {
  const own = state.items.findLast((item) => item.kind === 'message' && item.message.author === me);
  return own?.kind === 'message' ? own.message.postedAt : 0;
}

function rule(slowModeMs: number, free: boolean): string {
  const wait = formatWait(slowModeMs);
  return free
    ? t('Slow mode: everyone else may send one message every {wait}.', { wait })
    : t('Slow mode: you may send one message every {wait}.', { wait });
}

/** Above the composer of a room with slow mode: how long one waits. What is sent meanwhile goes out by itself then. */
export default function SlowModeLine({ room, state }: { room: RoomState; state: TimelineState }) {
  const { me } = useSignedIn();
  const { spaces } = useCurrentSpace();
  const [now, setNow] = useState(Date.now);
  const { slowModeMs = 0, space, createdBy } = room.info;
  const free = createdBy === me.id || moderates(spaces.find(({ id }) => id === space)?.role);
  const freeAt = lastOwn(state, me.id) + slowModeMs;
  const waiting = !free && freeAt > now;
  useEffect(() => {
    setNow(Date.now());
    if (free || freeAt <= Date.now()) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [free, freeAt]);
  if (slowModeMs === 0) return null;
  return (
    <p className={composer.slow} role="timer" aria-live="off">
      {waiting
        ? t('Slow mode: what you send now goes out in {wait}.', { wait: formatWait(freeAt - now) })
        : rule(slowModeMs, free)}
    </p>
  );
}
