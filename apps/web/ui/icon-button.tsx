import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './icon-button.module.css';

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
    <button
      type="button"
      {...rest}
      aria-label={label}
      data-tooltip={label}
      data-shortcut={shortcut}
      className={classNames(styles.button, styles[size], styles[look], rest.className)}
    >
      {icon}
    </button>
  );
}
