import { t } from '../../language/sentences.ts';
import styles from './suggestion-count.module.css';

/** Tells whoever does not see the list that there is one. Always there, so that it is spoken when it changes. */
export function SuggestionCount({ count }: { count: number }) {
  return (
    <span className={styles.spoken} role="status">
      {count > 0 ? t('{count, plural, one {# suggestion} other {# suggestions}}', { count }) : ''}
    </span>
  );
}
