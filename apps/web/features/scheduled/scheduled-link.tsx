import { useConfab, useStore } from '@confab/client/react';
import { CalendarClock } from 'lucide-react';
import { PlaceLink } from '../../app/shell/place-link.tsx';
import { t } from '../../language/sentences.ts';

/** The way to the messages that wait, while there are any; with how many could not be sent. */
export function ScheduledLink() {
  const scheduled = useStore(useConfab().scheduled.list);
  if (scheduled.length === 0) return null;
  const failed = scheduled.filter((message) => message.failed !== undefined).length;
  return (
    <PlaceLink
      to={{ page: 'scheduled' }}
      icon={<CalendarClock size={17} />}
      count={failed}
      spoken={t('{count, plural, one {# not sent} other {# not sent}}', { count: failed })}
    >
      {t('Scheduled')}
    </PlaceLink>
  );
}
