import type { Notice } from '@confab/protocol';
import type { ReactNode } from 'react';
import { PersonName } from '../accounts/person-name.tsx';

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
  'room.archived': () => 'archived the room',
  'room.unarchived': () => 'opened the room again',
};

/** Whether this app has words for the event; one that it does not know is left out ([F5]). */
export function knowsNotice(notice: Notice): boolean {
  return Object.hasOwn(phrases, notice.event);
}

export function NoticeText({ notice }: { notice: Notice }) {
  const data = (notice.data ?? {}) as Data;
  return (
    <>
      {notice.by === null ? 'Confab' : <PersonName user={notice.by} />} {phrases[notice.event]?.(data)}
    </>
  );
}
