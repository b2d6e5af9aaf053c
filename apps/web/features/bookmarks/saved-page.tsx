import { useConfab, useStore } from '@confab/client/react';
import type { Bookmark as Kept, Message } from '@confab/protocol';
import { AlarmClock, Bookmark, NotebookPen } from 'lucide-react';
import { useState } from 'react';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { usePages } from '../../app/use-pages.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Page, PageSection } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { MessageCard, MessageCards } from '../messages/message-card.tsx';
import { DueWords } from '../reminders/due-words.tsx';
import { useReminded } from '../reminders/use-reminded.ts';
import styles from './bookmark-note.module.css';
import { NoteDialog } from './note-dialog.tsx';

interface Entry {
  bookmark: Kept;
  message: Message;
}

/** What one keeps for oneself: reminders, and messages saved for later. */
export default function SavedPage() {
  const confab = useConfab();
  const reminders = useReminded();
  const [noting, setNoting] = useState<Kept | null>(null);
  const changes = useStore(confab.bookmarks.changes);
  const pages = usePages<Entry>(async (last) => {
    const page = await confab.bookmarks.list(last?.message.id);
    return { entries: page.bookmarks, more: page.more };
  }, String(changes));
  const empty = pages.entries?.length === 0 && reminders?.length === 0;
  return (
    <Page title={t('Saved')} before={<BackButton />}>
      {pages.failure ? <Banner tone="danger">{pages.failure}</Banner> : null}
      {pages.entries === null && !pages.failure ? <Skeleton rows={5} /> : null}
      {empty ? (
        <EmptyState icon={<Bookmark size={24} />} title={t('Nothing is saved')}>
          {t(
            'Messages that you save for later, and those that you want to be reminded of, are kept here, for you alone. Point at a message and open its menu.',
          )}
        </EmptyState>
      ) : null}
      {reminders?.length ? (
        <PageSection title={t('Reminders')}>
          <MessageCards>
            {reminders.map(({ reminder, message }) => (
              <MessageCard key={message.id} message={message} actions={<Forget message={message} what="reminder" />}>
                <DueWords reminder={reminder} />
              </MessageCard>
            ))}
          </MessageCards>
        </PageSection>
      ) : null}
      {pages.entries?.length ? (
        <PageSection title={t('Saved messages')}>
          <MessageCards>
            {pages.entries.map(({ bookmark, message }) => (
              <MessageCard
                key={message.id}
                message={message}
                actions={
                  <>
                    <IconButton
                      size="small"
                      label={bookmark.note === '' ? t('Add a note') : t('Change the note')}
                      icon={<NotebookPen size={16} />}
                      onClick={() => setNoting(bookmark)}
                    />
                    <Forget message={message} what="bookmark" />
                  </>
                }
              >
                {bookmark.note === '' ? null : <span className={styles.note}>{bookmark.note}</span>}
              </MessageCard>
            ))}
          </MessageCards>
        </PageSection>
      ) : null}
      {pages.more ? <Button onClick={pages.loadMore}>{t('Show more')}</Button> : null}
      {noting ? <NoteDialog bookmark={noting} onClose={() => setNoting(null)} /> : null}
    </Page>
  );
}

function Forget({ message: { id }, what }: { message: Message; what: 'reminder' | 'bookmark' }) {
  const confab = useConfab();
  const toasts = useToasts();
  const forget = () => (what === 'reminder' ? confab.reminders.remove(id) : confab.bookmarks.remove(id));
  return (
    <Button
      size="small"
      look="quiet"
      icon={what === 'reminder' ? <AlarmClock size={15} aria-hidden /> : <Bookmark size={15} aria-hidden />}
      onClick={() => toasts.attempt(forget())}
    >
      {what === 'reminder' ? t('Done') : t('Remove')}
    </Button>
  );
}
