import { useSyncExternalStore } from 'react';

const query = '(prefers-reduced-motion:reduce)';

function subscribe(listener: () => void): () => void {
  const list = matchMedia(query);
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}

/** Whether the person has asked their device for things that do not move. */
export const usePrefersStill = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(query).matches);
