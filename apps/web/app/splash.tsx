import { t } from '../language/sentences.ts';
import styles from './splash.module.css';

/** Before anything is known. Stays empty for its first moments, so that a quick start shows no flicker. */
export function Splash() {
  return (
    <div className={styles.splash} role="status" aria-label={t('Confab is starting')}>
      <img src="/favicon.svg" alt="" width={44} height={44} />
    </div>
  );
}
