import type { Message, RoomId, UserId } from '@confab/protocol';
import { linksInText } from '@confab/protocol/links-in-text.ts';
import { proseOf } from '@confab/protocol/prose.ts';
import { type Word, wordsIn } from '../tokenizer.ts';
import { factMark, formsOf } from './word-forms.ts';

/** What is true of a message besides its words. */
export const factOf = {
  room: (room: RoomId) => `${factMark}r${room.replaceAll('-', '')}`,
  author: (user: UserId) => `${factMark}u${user.replaceAll('-', '')}`,
  link: `${factMark}link`,
  code: `${factMark}code`,
  thread: `${factMark}thread`,
} as const;

export type Indexed = Pick<Message, 'id' | 'room' | 'author' | 'text' | 'thread'>;

export const hasLink = (text: string): boolean => linksInText(text).length > 0;
export const hasCode = (text: string): boolean =>
  (text.includes('`') || text.includes('~~~')) && proseOf(text) !== text;

/** Everything that a message is found by, with a space around each: what both databases index. */
export function indexedWords({ room, author, text, thread }: Indexed): string {
  const found = new Set<string>([factOf.room(room), factOf.author(author)]);
  if (thread !== undefined) found.add(factOf.thread);
  if (hasLink(text)) found.add(factOf.link);
  if (hasCode(text)) found.add(factOf.code);
  for (const word of wordsIn(text)) found.add(writtenForms(word));
  return ` ${[...found].join(' ')} `;
}

/** Most of what people say they say in few words, so the forms of these are not made with every message. */
const known = new Map<string, string>();
const knownWords = 20_000;
/** A longer one would hold on to the whole text that it was cut from. */
const longestKnown = 12;

function writtenForms(word: Word): string {
  const { text, dense } = word;
  if (dense || text.length > longestKnown) return formsOf(word).join(' ');
  let forms = known.get(text);
  if (forms !== undefined) return forms;
  forms = formsOf(word).join(' ');
  if (known.size >= knownWords) known.clear();
  known.set(text, forms);
  return forms;
}
