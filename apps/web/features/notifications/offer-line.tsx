import { Bell } from 'lucide-react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import styles from './offer-line.module.css';
import { useThisBrowser } from './use-this-browser.ts';

/** Offers to tell at once, after somebody was written to and nothing could tell them. The browser asks after that. */
export function OfferLine({ onDone }: { onDone: () => void }) {
  const browser = useThisBrowser();
  const { run, busy } = useAction(async () => {
    await browser.turnOn();
    onDone();
  });
  return (
    <div className={styles.line}>
      <Bell size={16} aria-hidden className={styles.icon} />
      <p className={styles.words}>
        {t('Somebody wrote to you while you looked elsewhere. Be told at once next time?')}
      </p>
      <div className={styles.actions}>
        <Button size="small" look="primary" busy={busy} onClick={() => void run()}>
          {t('Turn on notifications')}
        </Button>
        <Button size="small" look="quiet" onClick={onDone}>
          {t('Not now')}
        </Button>
      </div>
    </div>
  );
}
