import { ChevronDown } from 'lucide-react';
import { type ComponentProps, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';
import { FieldFrame, type FieldFrameProps } from './field-frame.tsx';

interface SelectFieldProps<T extends string>
  extends Omit<FieldFrameProps, 'id' | 'children'>,
    Pick<ComponentProps<'select'>, 'disabled'> {
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** The browser's own list: right on every device, and nothing to load. */
export function SelectField<T extends string>({ value, options, onChange, disabled, ...frame }: SelectFieldProps<T>) {
  const id = useId();
  return (
    <FieldFrame {...frame} id={id}>
      <div className={styles.box}>
        <select
          id={id}
          className={classNames(styles.input, styles.select)}
          value={value}
          disabled={disabled}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown className={styles.chevron} size={16} aria-hidden />
      </div>
    </FieldFrame>
  );
}
