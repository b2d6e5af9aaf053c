import type { Message, RoomId, SearchHas, UserId } from '@confab/protocol';
import { linksInText } from '@confab/protocol/links-in-text.ts';
import { proseOf } from '@confab/protocol/prose.ts';
import { searchHas } from '@confab/protocol/search-query.ts';
import type { NamedFile } from '../files/index.ts';
import { type Word, wordsIn } from '../tokenizer.ts';
import { factMark, formsOf } from './word-forms.ts';

/** What is true of a message besides its words. */
export const factOf = {
  room: (room: RoomId) => `${factMark}r${room.replaceAll('-', '')}`,
  author: (user: UserId) => `${factMark}u${user.replaceAll('-', '')}`,
  has: (what: SearchHas) => `${factMark}${what}`,
  thread: `${factMark}thread`,
} as const;

/** What a message says, in its text and in the names of its files. */
export interface Said {
  readonly text: string;
  readonly files?: readonly NamedFile[];
}
export type Indexed = Pick<Message, 'id' | 'room' | 'author' | 'thread'> & Said;

export const hasLink = (text: string): boolean => linksInText(text).length > 0;
export const hasCode = (text: string): boolean =>
  (text.includes('`') || text.includes('~~~')) && proseOf(text) !== text;

/** Its words are those that it is found by; its text comes first. */
export const wholeText = ({ text, files = [] }: Said): string =>
  files.length === 0 ? text : [text, ...files.map(({ name }) => name)].join('\n');

/** Whether a message has something of that kind. */
export function hasSuch({ text, files = [] }: Said, what: SearchHas): boolean {
  if (what === 'link') return hasLink(text);
  if (what === 'code') return hasCode(text);
  return what === 'file' ? files.length > 0 : files.some(({ kind }) => kind === what);
}

/** Everything that a message is found by, with a space around each: what both databases index. */
export function indexedWords(message: Indexed): string {
  const { room, author, thread } = message;
  const found = new Set<string>([factOf.room(room), factOf.author(author)]);
  if (thread !== undefined) found.add(factOf.thread);
  for (const what of searchHas) if (hasSuch(message, what)) found.add(factOf.has(what));
  for (const word of wordsIn(wholeText(message))) found.add(writtenForms(word));
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
