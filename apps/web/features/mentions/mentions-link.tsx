import { useConfab, useStore } from '@confab/client/react';
import { AtSign } from 'lucide-react';
import { PlaceLink } from '../../app/shell/place-link.tsx';
import { t } from '../../language/sentences.ts';

/** The way to what mentions one, with how much of it is unread. */
export function MentionsLink() {
  const rooms = useStore(useConfab().rooms.list);
  const count = rooms.reduce((sum, { mentions }) => sum + mentions, 0);
  return (
    <PlaceLink
      to={{ page: 'mentions' }}
      icon={<AtSign size={17} />}
      count={count}
      spoken={t('{count, plural, one {# unread} other {# unread}}', { count })}
    >
      {t('Mentions')}
    </PlaceLink>
  );
}
