import { useConfab, useStore } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { AtSign } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { BackButton } from '../../app/shell/back-button.tsx';
import { usePages } from '../../app/use-pages.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatBrief } from '../messages/format-time.ts';
import { oneLine } from '../messages/one-line.ts';
import { useTitleOf } from '../rooms/use-room-title.ts';
import styles from './mentions-page.module.css';

const events: ReadonlySet<string> = new Set(['inbox.mentioned', 'inbox.mention-removed']);

/** How often something about one's mentions was heard of: the list is loaded anew for each. */
function useChanges(): number {
  const confab = useConfab();
  const [changes, setChanges] = useState(0);
  useEffect(
    () => confab.onEvent(({ event }) => (events.has(event) ? setChanges((last) => last + 1) : undefined)),
    [confab],
  );
  const called = useStore(confab.rooms.list).reduce((sum, { mentions }) => Math.max(sum, mentions), 0);
  return changes + called / 1_000;
}

/** Everything that mentions one, newest first. */
export default function MentionsPage() {
  const confab = useConfab();
  const pages = usePages<Message>(async (last) => {
    const page = await confab.mentions.list(last?.id);
    return { entries: page.messages, more: page.more };
  }, String(useChanges()));
  return (
    <Page title="Mentions" before={<BackButton />}>
      {pages.failure ? <Banner tone="danger">{pages.failure}</Banner> : null}
      {pages.entries === null && !pages.failure ? <Skeleton rows={6} /> : null}
      {pages.entries?.length === 0 ? (
        <EmptyState icon={<AtSign size={24} />} title="Nobody has mentioned you yet">
          Messages with your @name, with a group that you are in or with everyone in a room are gathered here.
        </EmptyState>
      ) : null}
      {pages.entries?.length ? (
        <ul className={styles.list}>
          {pages.entries.map((message) => (
            <Mentioned key={message.id} message={message} />
          ))}
        </ul>
      ) : null}
      {pages.more ? <Button onClick={pages.loadMore}>Show more</Button> : null}
    </Page>
  );
}

function Mentioned({ message }: { message: Message }) {
  const room = useStore(useConfab().rooms.room(message.room));
  const titleOf = useTitleOf();
  const { mentions, threadMentions } = room?.membership ?? {};
  const unread =
    mentions?.includes(message.seq) === true || threadMentions?.some(({ seq }) => seq === message.seq) === true;
  return (
    <li>
      <Link
        to={{ page: 'message', room: message.room, message: message.id }}
        className={classNames(styles.mention, unread && styles.unread)}
      >
        <PersonAvatar user={message.author} />
        <span className={styles.body}>
          <span className={styles.head}>
            <span className={styles.author}>
              <PersonName user={message.author} />
            </span>
            <bdi className={styles.room}>{room === undefined ? 'A room you are not in' : titleOf(room.info)}</bdi>
            {unread ? <span className={styles.new}>New</span> : null}
            <time className={styles.time}>{formatBrief(message.postedAt, Date.now())}</time>
          </span>
          <span className={styles.words} dir="auto">
            {oneLine(message.text)}
          </span>
        </span>
      </Link>
    </li>
  );
}
