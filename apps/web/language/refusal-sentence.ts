import type { ErrorCode, WireError } from '@confab/protocol';
import { detailsAsSaid, wireErrorWith } from '@confab/protocol/error-codes.ts';
import { errorSentences } from '@confab/protocol/errors.ts';
import { limitedThings } from '@confab/protocol/limited-things.ts';
import { quotaHolders } from '@confab/protocol/quota-holders.ts';
import { roomKindWords } from '@confab/protocol/room-kind-words.ts';
import type { SentenceValues } from './sentences.ts';

/** Kinds of rooms bend what stands around them, so that each has a whole sentence. */
const notInThisRoom = Object.values(roomKindWords).map(
  (kind) => wireErrorWith(errorSentences['not-in-this-room'], 'not-in-this-room', { kind }).message,
);

const { 'not-in-this-room': _, ...inOneSentence } = errorSentences;

/** What the catalogues have to say of refusals. */
export const refusalSentences: readonly string[] = [
  ...Object.values(inOneSentence),
  ...notInThisRoom,
  ...limitedThings,
  ...quotaHolders,
];

/** Sentences with a gap that a word of a closed list fills. */
const listed: Partial<Record<ErrorCode, { gap: string; words: readonly string[] }>> = {
  'limit-reached': { gap: 'what', words: limitedThings },
  'quota-reached': { gap: 'whose', words: quotaHolders },
};

/**
 * What the server refused with, in the language that `say` speaks, with numbers as in `locale`. The server's own
 * sentence where this one is not known here: an error of a newer server, or one of a bound that no list of ours has.
 */
export function refusalSentence(
  { code, message, details: told = {} }: WireError,
  say: (english: string, values?: SentenceValues) => string,
  locale: string,
): string {
  if (notInThisRoom.includes(message)) return say(message);
  const english: string | undefined = (inOneSentence as Partial<Record<ErrorCode, string>>)[code];
  if (english === undefined) return message;
  const details = detailsAsSaid(code, told, locale);
  const gaps = [...english.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (gaps.some((name) => details[name] === undefined)) return message;
  const list = listed[code];
  if (list === undefined) return say(english, details);
  const word = list.words.find((each) => each === details[list.gap]);
  return word === undefined ? message : say(english, { ...details, [list.gap]: say(word) });
}
