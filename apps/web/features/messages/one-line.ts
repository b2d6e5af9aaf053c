import type { Message } from '@confab/protocol';
import { t } from '../../language/sentences.ts';

/** So much of a text is looked at. Characters. */
const mostChars = 400;

/** The beginning of a text in one line, without the marks that lay it out. */
export function oneLine(text: string): string {
  return text
    .slice(0, mostChars)
    .replace(/^```\w*$/gm, ' ')
    .replace(/^\s*(?:>|#{1,6}\s|[-*+]\s|\d+[.)]\s)+/gm, '')
    .replace(/\|\|.+?\|\|/g, '…')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(\S(?:.*?\S)?)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A message in one line: how it begins, or what it is where it has no text. */
export function messageLine({ text, files = [] }: Pick<Message, 'text' | 'files'>): string {
  const [file] = files;
  if (text !== '' || file === undefined) return oneLine(text);
  if (files.length > 1) return t('{count, plural, one {# file} other {# files}}', { count: files.length });
  if (file.voice) return t('Voice message');
  return file.kind === 'picture' ? t('Picture') : file.kind === 'video' ? t('Video') : `📎 ${file.name}`;
}
