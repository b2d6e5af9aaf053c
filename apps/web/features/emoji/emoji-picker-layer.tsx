import { customEmojiName } from '@confab/protocol/custom-emoji-name.ts';
import { createContext, type ReactNode, Suspense, use, useCallback, useMemo, useState } from 'react';
import { lazy } from '../../ui/lazy.ts';
import type { PopoverPlace } from '../../ui/popover.tsx';
import { useUsedEmoji } from './use-used-emoji.ts';

const load = () => import('./emoji-picker.tsx');
const EmojiPicker = lazy(load);

interface Wanted {
  place: PopoverPlace;
  returnFocus: () => void;
  onPick: (emoji: string) => void;
}

interface EmojiPickerApi {
  /**
   * Beside the element that was pressed, which may be gone by the time one is chosen. `focusAfter` has the focus then:
   * that element, or the message that it stood in, unless told otherwise.
   */
  open(beside: HTMLElement, onPick: (emoji: string) => void, focusAfter?: HTMLElement | null): void;
  /** Someone is about to open it. */
  prepare(): void;
}

const EmojiPickerContext = createContext<EmojiPickerApi | null>(null);

/** One picker for the whole app: toolbars that show it come and go with the pointer. Loaded when first asked for. */
export function EmojiPickerProvider({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const { used } = useUsedEmoji();
  const open = useCallback<EmojiPickerApi['open']>((beside, onPick, focusAfter = beside) => {
    const holder = beside.closest<HTMLElement>('article');
    const returnFocus = () => (focusAfter?.isConnected ? focusAfter : holder)?.focus({ preventScroll: true });
    setWanted({ place: beside.getBoundingClientRect(), returnFocus, onPick });
  }, []);
  const picker = useMemo(() => ({ open, prepare: () => void load().catch(() => undefined) }), [open]);
  return (
    <EmojiPickerContext value={picker}>
      {children}
      {wanted === null ? null : (
        <Suspense fallback={null}>
          <EmojiPicker
            place={wanted.place}
            returnFocus={wanted.returnFocus}
            onClose={() => setWanted(null)}
            onPick={(emoji) => {
              // Those of a space are not there in the next one.
              if (customEmojiName(emoji) === null) used(emoji);
              setWanted(null);
              wanted.onPick(emoji);
            }}
          />
        </Suspense>
      )}
    </EmojiPickerContext>
  );
}

export function useEmojiPicker(): EmojiPickerApi {
  const picker = use(EmojiPickerContext);
  if (picker === null) throw new Error('useEmojiPicker needs an EmojiPickerProvider above it.');
  return picker;
}
