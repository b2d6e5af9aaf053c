import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import styles from './tooltip.module.css';

interface TooltipProps {
  text: string;
  shortcut?: string | undefined;
  children: ReactElement;
}

/** A name that appears on hover and focus. Only repeats the accessible name, so it is hidden from screen readers. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return (
    <Radix.Root delayDuration={500} disableHoverableContent>
      <Radix.Trigger asChild aria-describedby={undefined}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.tooltip} sideOffset={6} collisionPadding={8} aria-hidden>
          {text}
          {shortcut === undefined ? null : <kbd className={styles.shortcut}>{shortcut}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Shared by all tooltips below it, so that the second one in a row shows without a delay. */
export const TooltipProvider = Radix.Provider;
