import { useConfab, useStore } from '@confab/client/react';
import { Bookmark } from 'lucide-react';
import { PlaceLink } from '../../app/shell/place-link.tsx';
import { t } from '../../language/sentences.ts';

/** The way to what one keeps, with how many reminders are due. */
export function SavedLink() {
  const reminders = useStore(useConfab().reminders.list);
  const due = reminders.filter(({ toldAt }) => toldAt !== null).length;
  return (
    <PlaceLink
      to={{ page: 'saved' }}
      icon={<Bookmark size={17} />}
      count={due}
      spoken={t('{count, plural, one {# due} other {# due}}', { count: due })}
    >
      {t('Saved')}
    </PlaceLink>
  );
}
