import type { Message, RoomId, UserId } from '@confab/protocol';
import { linksInText } from '@confab/protocol/links-in-text.ts';
import { proseOf } from '@confab/protocol/prose.ts';
import { wordsIn } from './tokenizer.ts';
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
  const forms = new Set<string>([factOf.room(room), factOf.author(author)]);
  if (thread !== undefined) forms.add(factOf.thread);
  if (hasLink(text)) forms.add(factOf.link);
  if (hasCode(text)) forms.add(factOf.code);
  for (const word of wordsIn(text)) for (const form of formsOf(word)) forms.add(form);
  return ` ${[...forms].join(' ')} `;
}
