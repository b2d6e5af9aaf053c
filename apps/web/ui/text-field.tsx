import { type ComponentProps, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';
import { FieldFrame, type FieldFrameProps } from './field-frame.tsx';

type Frame = Omit<FieldFrameProps, 'id' | 'children'>;

export interface TextFieldProps extends Frame, Omit<ComponentProps<'input'>, 'id' | 'prefix'> {
  /** Stands before the text, such as `#`. */
  prefix?: string;
}

export function TextField({ label, hint, error, labelHidden, prefix, className, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <FieldFrame {...{ id, label, hint, error, labelHidden, className }}>
      <div className={styles.box}>
        {prefix === undefined ? null : <span className={styles.prefix}>{prefix}</span>}
        <input
          {...rest}
          id={id}
          className={classNames(styles.input, prefix !== undefined && styles.afterPrefix)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? `${id}-note` : undefined}
        />
      </div>
    </FieldFrame>
  );
}

export interface TextAreaProps extends Frame, Omit<ComponentProps<'textarea'>, 'id'> {}

export function TextArea({ label, hint, error, labelHidden, className, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <FieldFrame {...{ id, label, hint, error, labelHidden, className }}>
      <div className={styles.box}>
        <textarea
          rows={3}
          {...rest}
          id={id}
          className={classNames(styles.input, styles.area)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? `${id}-note` : undefined}
        />
      </div>
    </FieldFrame>
  );
}
