import { useSyncExternalStore } from 'react';
import { UsedEmoji } from './used-emoji.ts';

/** One for the page: what was just used shows everywhere. */
const usedEmoji = new UsedEmoji({
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
});

/** The emoji that are used most here, and what counts one more use. */
export function useUsedEmoji(): { top: readonly string[]; used: (emoji: string) => void } {
  const top = useSyncExternalStore(usedEmoji.subscribe, usedEmoji.top);
  return { top, used: (emoji) => usedEmoji.used(emoji) };
}
