import type { QuietHours } from '@confab/protocol';
import { perLanguage } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { TextField } from '../../ui/text-field.tsx';
import styles from './settings.module.css';

/** Monday first, as people plan; 0 is Sunday. 2 August 2026 is one. */
const week = [1, 2, 3, 4, 5, 6, 0];
const dateOf = (day: number) => new Date(2026, 7, 2 + day);
const shortName = perLanguage((locale) => new Intl.DateTimeFormat(locale, { weekday: 'short' }));
const longName = perLanguage((locale) => new Intl.DateTimeFormat(locale, { weekday: 'long' }));

const two = (figure: number) => String(figure).padStart(2, '0');
const asTime = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** `null` while the field is not filled in. */
function asMinute(time: string): number | null {
  const [hours, minutes] = time.split(':').map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes) ? null : hours * 60 + minutes;
}

interface QuietHoursFieldsProps {
  hours: QuietHours;
  onChange: (hours: QuietHours) => void;
}

/** On which days, and from when to when. Every change counts at once. */
export function QuietHoursFields({ hours, onChange }: QuietHoursFieldsProps) {
  const toggle = (day: number) => {
    const days = hours.days.includes(day) ? hours.days.filter((other) => other !== day) : [...hours.days, day];
    if (days.length > 0) onChange({ ...hours, days: days.sort((a, b) => a - b) });
  };
  const setTime = (end: 'from' | 'to', time: string) => {
    const minute = asMinute(time);
    if (minute !== null) onChange({ ...hours, [end]: minute });
  };
  const zone = hours.timeZone.replaceAll('_', ' ');
  return (
    <div className={styles.hours}>
      <fieldset className={styles.days} aria-label={t('Days on which they begin')}>
        {week.map((day) => (
          <button
            key={day}
            type="button"
            className={styles.day}
            aria-pressed={hours.days.includes(day)}
            title={longName().format(dateOf(day))}
            onClick={() => toggle(day)}
          >
            {shortName().format(dateOf(day))}
          </button>
        ))}
      </fieldset>
      <div className={styles.times}>
        {(['from', 'to'] as const).map((end) => (
          <TextField
            key={end}
            label={end === 'from' ? t('From') : t('To')}
            type="time"
            required
            value={asTime(hours[end])}
            onChange={(event) => setTime(end, event.target.value)}
          />
        ))}
      </div>
      <p className={styles.note}>
        {hours.to < hours.from
          ? t('They end on the next day. Time zone: {zone}.', { zone })
          : t('Time zone: {zone}.', { zone })}
      </p>
    </div>
  );
}
