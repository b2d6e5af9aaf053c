import { useConfab, useStore } from '@confab/client/react';
import { MessagesSquare } from 'lucide-react';
import { PlaceLink } from '../../app/shell/place-link.tsx';
import { t } from '../../language/sentences.ts';

/** The way to the threads that one follows, with how many have something new. */
export function ThreadsLink() {
  const unread = useStore(useConfab().threads.unread).length;
  return (
    <PlaceLink
      to={{ page: 'threads' }}
      icon={<MessagesSquare size={17} />}
      count={unread}
      spoken={t('{count, plural, one {# unread} other {# unread}}', { count: unread })}
    >
      {t('Threads')}
    </PlaceLink>
  );
}
