import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './popover.module.css';

/** Where a popover stands: beside a rectangle of the window, which outlives the button that it was asked with. */
export type PopoverPlace = Pick<DOMRect, 'x' | 'y' | 'width' | 'height'>;

interface PopoverProps {
  label: string;
  place: PopoverPlace;
  onClose: () => void;
  /** Takes the focus when the popover has gone. */
  returnFocus: () => void;
  children: ReactNode;
}

/** On a phone a popover stands at the lower edge, where the thumb is. */
const narrow = '(width < 720px)';

/** A layer beside something on the page: takes the focus, closes on Esc and on a press outside. */
export function Popover({ label, place, onClose, returnFocus, children }: PopoverProps) {
  const anchor = { current: { getBoundingClientRect: () => rectOf(place) } };
  return (
    <Radix.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Radix.Anchor virtualRef={anchor} />
      <Radix.Portal>
        <Radix.Content
          className={styles.popover}
          aria-label={label}
          side="top"
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={(event) => {
            // On a phone the keyboard would cover what was opened.
            if (!matchMedia('(pointer:coarse)').matches || !(event.target instanceof HTMLElement)) return;
            event.preventDefault();
            event.target.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus();
          }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function rectOf({ x, y, width, height }: PopoverPlace): DOMRect {
  return matchMedia(narrow).matches ? new DOMRect(innerWidth / 2, innerHeight, 0, 0) : new DOMRect(x, y, width, height);
}
