import type { Messages } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Locator, Page } from 'playwright-core';

type CompiledMessage = Messages[string];
type Words = string | RegExp;

/** Stands for what is filled in. */
const anything = '.*';
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What a sentence in ICU MessageFormat may look like on the screen: a pattern for each of its forms. */
function patternsOf(message: CompiledMessage): string[] {
  if (!Array.isArray(message)) return [escaped(String(message ?? ''))];
  return message.reduce<string[]>(
    (before, token) => {
      const next = typeof token === 'string' ? [token === '#' ? anything : escaped(token)] : formsOf(token);
      return before.flatMap((start) => next.map((end) => start + end));
    },
    [''],
  );
}

function formsOf([, type, cases]: Exclude<CompiledMessage[number], string>): string[] {
  if (type !== 'plural' && type !== 'select') return [anything];
  return Object.values(cases ?? {}).flatMap((form) =>
    typeof form === 'string' || Array.isArray(form) ? patternsOf(form as CompiledMessage) : [],
  );
}

const withoutElements = (text: string): string => text.replace(/<\w+\/>/g, '{element}').replace(/<\/?\w+>/g, '');
const formsIn = (text: string): string[] => patternsOf(compileMessage(withoutElements(text)));

type Catalogue = Readonly<Record<string, string>>;

interface Entry {
  readonly english: string;
  readonly forms: readonly string[];
  readonly theirs: readonly string[];
}

const entries = new WeakMap<Catalogue, readonly Entry[]>();

function entriesOf(catalogue: Catalogue): readonly Entry[] {
  const known = entries.get(catalogue);
  if (known !== undefined) return known;
  const read = Object.entries(catalogue).map(([english, text]) => ({
    english,
    forms: formsIn(english).filter((form) => /[a-z]{2}/i.test(form)),
    theirs: formsIn(text),
  }));
  entries.set(catalogue, read);
  return read;
}

/** A pattern without a word in it is about what people wrote. */
const hasWord = /[a-z]{3}/i;

/** What English words, or those that a pattern takes, are called in a catalogue; themselves where it does not know them. */
export function translated(words: Words, catalogue: Catalogue): Words {
  if (words instanceof RegExp && !hasWord.test(words.source)) return words;
  const found = entriesOf(catalogue).filter(({ forms }) => forms.some((form) => isMeant(words, form)));
  const exact = found.filter(({ english }) => english === words);
  const meant = (exact.length > 0 ? exact : found).flatMap(({ theirs }) => theirs);
  // What is named may begin with an emoji, and go on, as “Rooms, 3 unread” does.
  return meant.length === 0 ? words : new RegExp(`^\\s*(?:\\P{L}+\\s)?(?:${meant.join('|')})\\s*(?:[,،].*)?$`, 'su');
}

/** Enough of a sentence to know it by its beginning. Characters. */
const knownFrom = 12;

function isMeant(words: Words, form: string): boolean {
  const begins = (text: string, with_: string) => with_.length >= knownFrom && text.startsWith(with_);
  const plain = (pattern: string) => pattern.replace(/\\(.)/g, '$1');
  if (typeof words === 'string') return new RegExp(`^${form}$`, 'is').test(words) || begins(plain(form), words);
  const [beginning = ''] = form.split(anything);
  return words.test(plain(form.replaceAll(anything, 'x'))) || begins(words.source, `^${plain(beginning)}`);
}

const byWords = new Set(['getByText', 'getByLabel', 'getByPlaceholder', 'getByTitle']);

/** A page that speaks the catalogue's language, for steps that are written in English. */
export function pageInLanguage(page: Page, catalogue: Catalogue): Page {
  const say = (words: unknown): unknown =>
    typeof words === 'string' || words instanceof RegExp ? translated(words, catalogue) : words;
  const inOptions = (options: unknown): unknown => {
    if (typeof options !== 'object' || options === null) return options;
    const known = Object.entries(options).map(([name, value]) =>
      name === 'name' || name === 'hasText' || name === 'hasNotText' ? [name, say(value)] : [name, value],
    );
    return Object.fromEntries(known);
  };
  const wrap = <Searched extends Page | Locator>(searched: Searched): Searched =>
    new Proxy(searched, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const [first, second] = args;
          const said =
            typeof name === 'string' && byWords.has(name)
              ? [say(first), second]
              : name === 'getByRole' || name === 'locator'
                ? [first, inOptions(second)]
                : name === 'filter'
                  ? [inOptions(first)]
                  : args;
          const result: unknown = value.apply(target, said);
          return isLocator(result) ? wrap(result) : result;
        };
      },
    });
  return wrap(page);
}

const isLocator = (value: unknown): value is Locator =>
  typeof value === 'object' && value !== null && 'getByRole' in value && 'waitFor' in value;
