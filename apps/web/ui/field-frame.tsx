import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

export interface FieldFrameProps {
  id: string;
  label: string;
  /** Read by screen readers only; for a search box whose place says what it is. */
  labelHidden?: boolean | undefined;
  hint?: ReactNode;
  /** Replaces the hint. */
  error?: string | null | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** What every field has: a label above, a hint or an error beneath. */
export function FieldFrame({ id, label, labelHidden, hint, error, className, children }: FieldFrameProps) {
  const note = error || hint;
  return (
    <div className={classNames(styles.field, className)}>
      <label htmlFor={id} className={labelHidden ? styles.hidden : styles.label}>
        {label}
      </label>
      {children}
      {note ? (
        <p
          id={`${id}-note`}
          className={classNames(styles.note, error && styles.error)}
          role={error ? 'alert' : undefined}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}
