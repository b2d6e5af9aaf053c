import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';

/**
 * A message's text is kept as typed. Its length is counted in UTF-16 code units, as `String.length` does on both
 * sides of the wire. A longer text is refused with `text-too-long`, a blank one with `text-empty` unless the message
 * has something else to it.
 */
export function checkMessageText(text: string, hasMore = false): void {
  if (text.length > limits.messageChars) {
    throw new Refusal('text-too-long', { limit: limits.messageChars, length: text.length });
  }
  if (!hasMore && text.trim() === '') throw new Refusal('text-empty');
}

/** Names and topics are one line: white space at the ends goes, other white space becomes single spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** A name that can be seen. @throws `Refusal('invalid-params')` when nothing but invisible characters is left. */
export function visibleName(text: string): string {
  const name = oneLine(text);
  if (/^[\p{C}\p{Z}\p{M}]*$/u.test(name)) {
    throw new Refusal('invalid-params', { path: '/name', problem: 'it has no visible character' });
  }
  return name;
}

/**
 * What two names are compared by, so that names that look alike are the same name. Those of private rooms are never
 * compared: otherwise a refused name would tell that a room exists which the asker may not see ([X3]).
 */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
