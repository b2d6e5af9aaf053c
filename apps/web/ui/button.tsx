import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'normal' | 'small';
  icon?: ReactNode;
  /** Work is under way: the button keeps its width and takes no further press. */
  busy?: boolean;
}

export function Button({ look = 'secondary', size = 'normal', icon, busy = false, ...props }: ButtonProps) {
  const { children, className, onClick, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles.button, styles[look], styles[size], className)}
      aria-busy={busy || undefined}
      // Not `disabled`: that would take the focus away while the work is under way.
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon}
      <span className={styles.label}>{children}</span>
    </button>
  );
}
