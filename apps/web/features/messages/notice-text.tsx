import type { Notice, UserId } from '@confab/protocol';
import type { ReactNode } from 'react';
import { PersonName } from '../accounts/person-name.tsx';

type Data = Readonly<Record<string, unknown>>;

const word = (data: Data, name: string) => (typeof data[name] === 'string' ? data[name] : '');
const user = (data: Data, name: string) => word(data, name) as UserId;

/** What each room event is called in the timeline. `by` is already named before it. */
const phrases: Readonly<Record<string, (data: Data, by: UserId | null) => ReactNode>> = {
  'room.created': () => 'made this room',
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
  'room.archived': () => 'archived the room',
  'room.unarchived': () => 'opened the room again',
  'room.member-joined': (data, by) => {
    const person = data.person as { id: UserId } | undefined;
    if (person === undefined || person.id === by) return 'joined';
    return (
      <>
        added <PersonName user={person.id} />
      </>
    );
  },
  'room.member-left': (data, by) => {
    const who = user(data, 'user');
    if (data.reason !== 'removed' || who === by) return 'left';
    return (
      <>
        removed <PersonName user={who} />
      </>
    );
  },
};

/** Whether this app has words for the event; one that it does not know is left out ([F5]). */
export function knowsNotice(notice: Notice): boolean {
  return Object.hasOwn(phrases, notice.event);
}

export function NoticeText({ notice }: { notice: Notice }) {
  const data = (notice.data ?? {}) as Data;
  return (
    <>
      {notice.by === null ? 'Confab' : <PersonName user={notice.by} />} {phrases[notice.event]?.(data, notice.by)}
    </>
  );
}
