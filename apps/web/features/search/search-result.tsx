import { useConfab, useStore } from '@confab/client/react';
import type { FoundMessage, FoundRoom } from '@confab/protocol';
import { Link, useNavigation } from '../../app/navigation.tsx';
import type { Route } from '../../app/route.ts';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatBrief, formatDateTime } from '../messages/format-time.ts';
import card from '../messages/message-card.module.css';
import { messageRoute } from '../messages/message-route.ts';
import { messageLine } from '../messages/one-line.ts';
import { useTitleOf } from '../rooms/use-room-title.ts';
import { excerptOf } from './excerpt.ts';
import styles from './search.module.css';

interface SearchResultProps {
  found: FoundMessage;
  room: FoundRoom | undefined;
}

/** Below this the panel covers the conversation. */
const besides = '(width >= 1100px)';

/** Where a message stands; what was found stays beside it where there is room for both. */
function useResultRoute({ message }: FoundMessage): Route {
  const { route } = useNavigation();
  const panel = route.page === 'room' ? route.panel : null;
  const target = messageRoute(message, panel);
  if (target.page !== 'room' || target.panel !== panel) return target;
  return matchMedia(besides).matches ? target : { ...target, panel: null };
}

export function SearchResult({ found, room }: SearchResultProps) {
  const { message, marks } = found;
  const known = useStore(useConfab().rooms.room(message.room));
  const titleOf = useTitleOf();
  const place = known ? titleOf(known.info) : (room?.name ?? '');
  return (
    <li>
      <Link to={useResultRoute(found)} className={styles.result}>
        <PersonAvatar user={message.author} size="small" />
        <span className={card.body}>
          <span className={card.head}>
            <span className={card.author}>
              <PersonName user={message.author} />
            </span>
            <time className={card.time} title={formatDateTime(message.postedAt)}>
              {formatBrief(message.postedAt, Date.now())}
            </time>
          </span>
          <span className={card.place}>
            <bdi>{place}</bdi>
            {message.thread === undefined ? '' : ` · ${t('in a thread')}`}
          </span>
          <span className={classNames(card.words, styles.words)} dir="auto">
            {message.text === '' ? messageLine(message) : null}
            {excerptOf(message.text, marks).map((part) =>
              part.marked ? (
                <mark key={part.from} className={styles.mark}>
                  {part.text}
                </mark>
              ) : (
                part.text
              ),
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}
