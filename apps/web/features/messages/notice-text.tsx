import type { MessageId, Notice } from '@confab/protocol';
import type { ReactNode } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { formatRoute } from '../../app/route.ts';
import { PersonName } from '../accounts/person-name.tsx';
import { useConversation } from './conversation-context.tsx';

type Data = Readonly<Record<string, unknown>>;

const word = (data: Data, name: string) => (typeof data[name] === 'string' ? data[name] : '');

const kindOf = (data: Data) => (data.room as { kind?: unknown } | undefined)?.kind;

/** What each event of a room is called in the timeline, after the name of whoever did it; who came or went is told elsewhere. */
const phrases: Readonly<Record<string, (data: Data) => ReactNode>> = {
  'room.created': (data) => (kindOf(data) === 'group' ? 'began this group' : 'made this room'),
  'room.renamed': (data) => (
    <>
      renamed the room to{' '}
      <strong>
        <bdi>{word(data, 'name')}</bdi>
      </strong>
    </>
  ),
  'room.topic-set': (data) =>
    word(data, 'topic') === '' ? (
      'removed the topic'
    ) : (
      <>
        set the topic:{' '}
        <span>
          <bdi>{word(data, 'topic')}</bdi>
        </span>
      </>
    ),
  'room.description-set': (data) =>
    word(data, 'description') === '' ? 'removed the description' : 'changed the description',
  'room.rules-set': (data) =>
    word(data, 'whoPosts') === 'moderators'
      ? 'made this a room where only those who look after it write'
      : Number(data.slowModeMs) > 0
        ? 'turned slow mode on'
        : 'let everyone write here without a pause',
  'room.archived': () => 'archived the room',
  'room.unarchived': () => 'opened the room again',
  'room.receipts-set': (data) =>
    word(data, 'receipts') === 'off' ? 'turned read receipts off here' : 'turned read receipts on here',
  'message.pinned': (data) => (
    <>
      pinned <MessageLink message={word(data, 'message')}>a message</MessageLink>
    </>
  ),
  'message.unpinned': (data) => (
    <>
      unpinned <MessageLink message={word(data, 'message')}>a message</MessageLink>
    </>
  ),
};

/** Whether this app has words for the event; one that it does not know is left out ([F5]). */
export function knowsNotice(notice: Notice): boolean {
  return Object.hasOwn(phrases, notice.event);
}

function MessageLink({ message, children }: { message: string; children: ReactNode }) {
  const { room } = useConversation();
  const { go } = useNavigation();
  const route = { page: 'message', room, message: message as MessageId } as const;
  return (
    <a
      href={formatRoute(route)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(route);
      }}
    >
      {children}
    </a>
  );
}

export function NoticeText({ notice }: { notice: Notice }) {
  const data = (notice.data ?? {}) as Data;
  return (
    <>
      {notice.by === null ? 'Confab' : <PersonName user={notice.by} />} {phrases[notice.event]?.(data)}
    </>
  );
}
