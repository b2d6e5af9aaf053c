import { sizeWords } from '@confab/protocol/size-words.ts';
import { currentLocale, perLanguage } from '../../language/language.ts';

/** How large a file is, in the language that is spoken; a kilobyte has 1,000 bytes. */
export function formatSize(bytes: number): string {
  return sizeWords(bytes, currentLocale());
}

const whole = perLanguage((locale) => new Intl.NumberFormat(locale, { useGrouping: false }));
const twoDigits = perLanguage((locale) => new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 }));

/** A time within a recording, such as `1:05` or `1:02:03`. */
export function formatLength(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = twoDigits().format(seconds % 60);
  if (hours === 0) return `${whole().format(minutes)}:${rest}`;
  return `${whole().format(hours)}:${twoDigits().format(minutes % 60)}:${rest}`;
}

/** So many letters at the end of a name are always shown: what tells `report-1.pdf` from `report-2.pdf`. */
const tailLetters = 10;

/** A name in two parts, of which the first may be cut where there is no room for it. */
export function nameParts(name: string): { head: string; tail: string } {
  const letters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  if (letters.length <= tailLetters * 2) return { head: name, tail: '' };
  return { head: letters.slice(0, -tailLetters).join(''), tail: letters.slice(-tailLetters).join('') };
}
