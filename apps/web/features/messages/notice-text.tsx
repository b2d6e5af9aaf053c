import type { MessageId, Notice } from '@confab/protocol';
import type { ReactNode } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { formatRoute } from '../../app/route.ts';
import { type Sentence, sentence } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { useConversation } from './conversation-context.tsx';

type Data = Readonly<Record<string, unknown>>;

const word = (data: Data, name: string) => (typeof data[name] === 'string' ? data[name] : '');

const kindOf = (data: Data) => (data.room as { kind?: unknown } | undefined)?.kind;

interface Told {
  /** With `<person/>`, who did it. */
  sentence: Sentence;
  parts?: Readonly<Record<string, (inner: string) => ReactNode>>;
}

/** What each event of a room is called in the timeline; who came or went is told elsewhere. */
const events: Readonly<Record<string, (data: Data) => Told>> = {
  'room.created': (data) => ({
    sentence: kindOf(data) === 'group' ? sentence('<person/> began this group') : sentence('<person/> made this room'),
  }),
  'room.renamed': (data) => ({
    sentence: sentence('<person/> renamed the room to <name/>'),
    parts: {
      name: () => (
        <strong>
          <bdi>{word(data, 'name')}</bdi>
        </strong>
      ),
    },
  }),
  'room.topic-set': (data) =>
    word(data, 'topic') === ''
      ? { sentence: sentence('<person/> removed the topic') }
      : {
          sentence: sentence('<person/> set the topic: <topic/>'),
          parts: { topic: () => <bdi>{word(data, 'topic')}</bdi> },
        },
  'room.description-set': (data) => ({
    sentence:
      word(data, 'description') === ''
        ? sentence('<person/> removed the description')
        : sentence('<person/> changed the description'),
  }),
  'room.picture-set': (data) => ({
    sentence:
      word(data, 'picture') === ''
        ? sentence('<person/> removed the picture')
        : sentence('<person/> changed the picture'),
  }),
  'room.rules-set': (data) => ({ sentence: rulesSentence(data) }),
  'room.archived': () => ({ sentence: sentence('<person/> archived the room') }),
  'room.unarchived': () => ({ sentence: sentence('<person/> opened the room again') }),
  'room.receipts-set': (data) => ({
    sentence:
      word(data, 'receipts') === 'off'
        ? sentence('<person/> turned read receipts off here')
        : sentence('<person/> turned read receipts on here'),
  }),
  'message.pinned': (data) => ({
    sentence: sentence('<person/> pinned <message>a message</message>'),
    parts: { message: (inner) => <MessageLink message={word(data, 'message')}>{inner}</MessageLink> },
  }),
  'message.unpinned': (data) => ({
    sentence: sentence('<person/> unpinned <message>a message</message>'),
    parts: { message: (inner) => <MessageLink message={word(data, 'message')}>{inner}</MessageLink> },
  }),
};

function rulesSentence(data: Data): Sentence {
  if (word(data, 'whoPosts') === 'moderators') {
    return sentence('<person/> made this a room where only those who look after it write');
  }
  return Number(data.slowModeMs) > 0
    ? sentence('<person/> turned slow mode on')
    : sentence('<person/> let everyone write here without a pause');
}

/** Whether this app has words for the event; one that it does not know is left out ([F5]). */
export function knowsNotice(notice: Notice): boolean {
  return Object.hasOwn(events, notice.event);
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
  const { by } = notice;
  const told = events[notice.event]?.((notice.data ?? {}) as Data);
  if (told === undefined) return null;
  const person = () => (by === null ? 'Confab' : <PersonName user={by} />);
  return <Trans sentence={told.sentence} parts={{ person, ...told.parts }} />;
}
