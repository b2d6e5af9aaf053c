import type { QuietHours } from '@confab/protocol';
import { isQuiet } from '@confab/protocol/quiet-hours.ts';
import { Moon } from 'lucide-react';
import { useId } from 'react';
import { useNow } from '../../app/use-now.ts';
import { t } from '../../language/sentences.ts';
import { Button } from '../../ui/button.tsx';
import { untilWords } from '../status/status-words.ts';
import { QuietHoursFields } from './quiet-hours-fields.tsx';
import styles from './settings.module.css';
import { useSetting } from './use-setting.ts';

const hourMs = 3_600_000;
const pauses = () => [
  { label: t('For 30 minutes'), ms: hourMs / 2 },
  { label: t('For 1 hour'), ms: hourMs },
  { label: t('For 4 hours'), ms: 4 * hourMs },
  { label: t('For 24 hours'), ms: 24 * hourMs },
];

const nights = (): QuietHours => ({
  days: [0, 1, 2, 3, 4, 5, 6],
  from: 22 * 60,
  to: 7 * 60,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** When one does not want to be disturbed: for a while, and every week. */
export function DoNotDisturbSection() {
  const [doNotDisturb, change] = useSetting('doNotDisturb');
  const now = useNow();
  const weekly = useId();
  const { until, schedule } = doNotDisturb;
  const paused = until !== null && until > now;
  return (
    <>
      {paused ? (
        <div className={styles.line}>
          <span className={styles.state}>
            <Moon size={16} aria-hidden /> {t('On, {until}', { until: untilWords(until, now) })}
          </span>
          <Button size="small" onClick={() => change({ until: null, schedule })}>
            {t('End it')}
          </Button>
        </div>
      ) : (
        <fieldset className={styles.pauses} aria-label={t('Do not disturb for')}>
          {pauses().map(({ label, ms }) => (
            <Button key={label} size="small" onClick={() => change({ until: Date.now() + ms, schedule })}>
              {label}
            </Button>
          ))}
        </fieldset>
      )}
      <label className={styles.check} htmlFor={weekly}>
        <input
          id={weekly}
          type="checkbox"
          checked={schedule !== null}
          onChange={(event) => change({ until, schedule: event.target.checked ? nights() : null })}
        />
        <span>
          {t('Quiet hours every week')}
          {isQuiet({ until: null, schedule }, now) ? <span className={styles.now}>{t('Now')}</span> : null}
        </span>
      </label>
      {schedule === null ? null : (
        <QuietHoursFields hours={schedule} onChange={(hours) => change({ until, schedule: hours })} />
      )}
    </>
  );
}
