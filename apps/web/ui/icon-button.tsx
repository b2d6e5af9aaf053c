import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  /** The accessible name, and the tooltip. */
  label: string;
  icon: ReactNode;
  /** Shown in the tooltip, e.g. `Ctrl K`. */
  shortcut?: string;
  size?: 'normal' | 'small';
  look?: 'quiet' | 'primary' | 'danger';
}

export function IconButton({ label, icon, shortcut, size = 'normal', look = 'quiet', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={classNames(styles.button, styles[size], styles[look], rest.className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
