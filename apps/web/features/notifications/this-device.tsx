import { Bell, BellOff, BellRing } from 'lucide-react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { deviceWords } from './device-words.ts';
import styles from './notifications.module.css';
import type { ThisBrowser } from './use-this-browser.ts';

const icons = { good: BellRing, half: Bell, off: BellOff } as const;

/** Whether and how this device is told, and the button that changes it. */
export function ThisDevice({ browser }: { browser: ThisBrowser }) {
  const { tone, title, text, action } = deviceWords(browser);
  const { run, busy, failure } = useAction(action === 'turn-off' ? browser.turnOff : browser.turnOn);
  const Icon = icons[tone];
  return (
    <div className={styles.device} data-tone={tone}>
      <Icon size={20} aria-hidden className={styles.deviceIcon} />
      <div className={styles.deviceWords}>
        <p className={styles.deviceTitle}>{t(title)}</p>
        <p className={styles.note}>{t(text)}</p>
      </div>
      {action === null ? null : (
        <Button look={action === 'turn-on' ? 'primary' : 'secondary'} busy={busy} onClick={() => void run()}>
          {action === 'turn-on' ? t('Turn on') : t('Turn off')}
        </Button>
      )}
      {failure === null ? null : <Banner tone="danger">{failure}</Banner>}
    </div>
  );
}
