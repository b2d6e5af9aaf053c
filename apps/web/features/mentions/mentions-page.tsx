import { useConfab, useStore } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { AtSign } from 'lucide-react';
import { useEffect, useState } from 'react';
import { BackButton } from '../../app/shell/back-button.tsx';
import { usePages } from '../../app/use-pages.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { MessageCard, MessageCards } from '../messages/message-card.tsx';
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
    <Page title={t('Mentions')} before={<BackButton />}>
      {pages.failure ? <Banner tone="danger">{pages.failure}</Banner> : null}
      {pages.entries === null && !pages.failure ? <Skeleton rows={6} /> : null}
      {pages.entries?.length === 0 ? (
        <EmptyState icon={<AtSign size={24} />} title={t('Nobody has mentioned you yet')}>
          {t('Messages with your @name, with a group that you are in or with everyone in a room are gathered here.')}
        </EmptyState>
      ) : null}
      {pages.entries?.length ? (
        <MessageCards>
          {pages.entries.map((message) => (
            <Mentioned key={message.id} message={message} />
          ))}
        </MessageCards>
      ) : null}
      {pages.more ? <Button onClick={pages.loadMore}>{t('Show more')}</Button> : null}
    </Page>
  );
}

function Mentioned({ message }: { message: Message }) {
  const room = useStore(useConfab().rooms.room(message.room));
  const { mentions, threadMentions } = room?.membership ?? {};
  const unread =
    mentions?.includes(message.seq) === true || threadMentions?.some(({ seq }) => seq === message.seq) === true;
  return (
    <MessageCard
      message={message}
      className={unread ? undefined : styles.read}
      mark={unread ? <span className={styles.new}>{t('New')}</span> : null}
    />
  );
}
