import type { QuietHours } from '@confab/protocol';
import { isQuiet } from '@confab/protocol/quiet-hours.ts';
import { Moon } from 'lucide-react';
import { useId } from 'react';
import { useNow } from '../../app/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { PageSection } from '../../ui/page.tsx';
import { untilWords } from '../status/status-words.ts';
import { QuietHoursFields } from './quiet-hours-fields.tsx';
import styles from './settings.module.css';
import { useSetting } from './use-setting.ts';

const hourMs = 3_600_000;
const pauses = [
  { label: '30 minutes', ms: hourMs / 2 },
  { label: '1 hour', ms: hourMs },
  { label: '4 hours', ms: 4 * hourMs },
  { label: '24 hours', ms: 24 * hourMs },
] as const;

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
    <PageSection title="Do not disturb" hint="A moon beside your name tells others. They can still write to you.">
      {paused ? (
        <div className={styles.line}>
          <span className={styles.state}>
            <Moon size={16} aria-hidden /> On, {untilWords(until, now)}
          </span>
          <Button size="small" onClick={() => change({ until: null, schedule })}>
            End it
          </Button>
        </div>
      ) : (
        <fieldset className={styles.pauses} aria-label="Do not disturb for">
          {pauses.map(({ label, ms }) => (
            <Button key={label} size="small" onClick={() => change({ until: Date.now() + ms, schedule })}>
              For {label}
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
          Quiet hours every week
          {isQuiet({ until: null, schedule }, now) ? <span className={styles.now}>Now</span> : null}
        </span>
      </label>
      {schedule === null ? null : (
        <QuietHoursFields hours={schedule} onChange={(hours) => change({ until, schedule: hours })} />
      )}
    </PageSection>
  );
}
