import type { TimelineState } from '@confab/client';
import { useReceipts } from '@confab/client/react';
import type { Message, MessageId, UserId } from '@confab/protocol';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { useConversation } from '../messages/conversation-context.tsx';
import { lastReadBy } from './last-read.ts';
import styles from './receipts.module.css';

type Readers = ReadonlyMap<MessageId, readonly UserId[]>;
const nobody: Readers = new Map();
const ReadersContext = createContext<Readers>(nobody);

/** So many show their faces at one message; more are counted. */
const shownFaces = 5;

/** Knows for each row of a room's timeline whose reading ends there. */
export function ReadersProvider({ state, children }: { state: TimelineState; children: ReactNode }) {
  const { room, thread } = useConversation();
  const receipts = useReceipts(room);
  const { items, later } = state;
  const readers = useMemo(
    () => (receipts === null || thread !== null ? nobody : lastReadBy(items, receipts.values(), later)),
    [items, later, receipts, thread],
  );
  return <ReadersContext value={readers}>{children}</ReadersContext>;
}

/** The faces of those who have read up to this message and no further. Leads to who and when. */
export function LastReaders({ message }: { message: Message }) {
  const readers = use(ReadersContext).get(message.id);
  const dialogs = useDialogs();
  if (readers === undefined) return null;
  const shown = readers.length > shownFaces + 1 ? readers.slice(0, shownFaces) : readers;
  const words = t('{count, plural, one {Read by # person up to here} other {Read by # people up to here}}', {
    count: readers.length,
  });
  return (
    <button
      type="button"
      className={styles.readers}
      tabIndex={-1}
      aria-label={words}
      data-tooltip={words}
      onClick={() => dialogs.open({ kind: 'receipts', message })}
    >
      {shown.map((user) => (
        <PersonAvatar key={user} user={user} size="tiny" />
      ))}
      {shown.length < readers.length ? <span className={styles.more}>+{readers.length - shown.length}</span> : null}
    </button>
  );
}
