import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './search-field.module.css';

interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'type' | 'aria-label'> {
  label: string;
}

export function SearchField({ label, ...rest }: SearchFieldProps) {
  return (
    <div className={styles.box}>
      <Search className={styles.icon} size={16} aria-hidden />
      <input
        {...rest}
        type="search"
        aria-label={label}
        placeholder={rest.placeholder ?? label}
        className={styles.input}
      />
    </div>
  );
}
