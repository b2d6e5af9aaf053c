import { useConfab, useStore } from '@confab/client/react';
import type { FollowedThread } from '@confab/protocol';
import { MessagesSquare } from 'lucide-react';
import { Link } from '../../app/navigation.tsx';
import { threadRoute } from '../../app/route.ts';
import { BackButton } from '../../app/shell/back-button.tsx';
import { usePages } from '../../app/use-pages.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { CountBadge } from '../../ui/count-badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatBrief } from '../messages/format-time.ts';
import card from '../messages/message-card.module.css';
import { MessageCards } from '../messages/message-card.tsx';
import { messageLine } from '../messages/one-line.ts';
import { useTitleOf } from '../rooms/use-room-title.ts';
import { repliesWords } from './replies-line.tsx';
import styles from './threads-page.module.css';

/** Every thread that one follows, those with the newest reply first. */
export default function ThreadsPage() {
  const confab = useConfab();
  const unread = useStore(confab.threads.unread);
  const changes = unread.map(({ root, replies }) => `${root} ${replies}`).join();
  const pages = usePages<FollowedThread>(async (last) => {
    const page = await confab.threads.list(last ? { after: last.state.root } : {});
    return { entries: page.threads, more: page.more };
  }, changes);
  return (
    <Page title={t('Threads')} before={<BackButton />}>
      {pages.failure ? <Banner tone="danger">{pages.failure}</Banner> : null}
      {pages.entries === null && !pages.failure ? <Skeleton rows={6} /> : null}
      {pages.entries?.length === 0 ? (
        <EmptyState icon={<MessagesSquare size={24} />} title={t('No threads yet')}>
          {t(
            'Replies to your messages, and to the threads that you reply in, are gathered here. Point at a message and choose “Reply in thread” to begin one.',
          )}
        </EmptyState>
      ) : null}
      {pages.entries?.length ? (
        <MessageCards>
          {pages.entries.map((thread) => (
            <Thread key={thread.state.root} thread={thread} />
          ))}
        </MessageCards>
      ) : null}
      {pages.more ? <Button onClick={pages.loadMore}>{t('Show more')}</Button> : null}
    </Page>
  );
}

function Thread({ thread: { state, message, latest } }: { thread: FollowedThread }) {
  const confab = useConfab();
  const room = useStore(confab.rooms.room(state.room));
  const titleOf = useTitleOf();
  const now = useStore(confab.threads.state(state.root)) ?? state;
  const unread = now.following ? now.replies - now.readIndex : 0;
  return (
    <li className={card.card}>
      <Link to={threadRoute(state.room, state.root)} className={classNames(styles.thread, unread > 0 && styles.unread)}>
        <span className={styles.place}>
          <bdi className={card.place}>{room ? titleOf(room.info) : ''}</bdi>
          <span>{repliesWords(now.replies)}</span>
          <CountBadge count={unread} spoken={t('{count, plural, one {# new} other {# new}}', { count: unread })} />
        </span>
        <span className={styles.root}>
          <PersonAvatar user={message.author} size="small" />
          <span className={card.body}>
            <span className={card.author}>
              <PersonName user={message.author} />
            </span>
            <span className={card.words} dir="auto">
              {message.deletedAt === null ? messageLine(message) : t('This message was deleted.')}
            </span>
          </span>
        </span>
        <span className={styles.latest}>
          <PersonAvatar user={latest.author} size="tiny" />
          <span className={styles.reply}>
            <PersonName user={latest.author} />
            {': '}
            <bdi>{latest.deletedAt === null ? messageLine(latest) : t('This reply was deleted.')}</bdi>
          </span>
          <time className={card.time}>{formatBrief(latest.postedAt, Date.now())}</time>
        </span>
      </Link>
    </li>
  );
}
