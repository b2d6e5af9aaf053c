import { directionOf, type Language } from '@confab/protocol';
import { type I18n, type Messages, setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { escapeHtml } from './escape-html.ts';

const catalogues = {
  de: () => import('./catalogues/de.json', { with: { type: 'json' } }),
  fr: () => import('./catalogues/fr.json', { with: { type: 'json' } }),
  es: () => import('./catalogues/es.json', { with: { type: 'json' } }),
  ja: () => import('./catalogues/ja.json', { with: { type: 'json' } }),
  ar: () => import('./catalogues/ar.json', { with: { type: 'json' } }),
} satisfies Record<Exclude<Language, 'en'>, () => Promise<{ readonly default: Messages }>>;

/** What the server writes for people, in English: a sentence that no catalogue has does not compile. */
type Sentence = keyof Awaited<ReturnType<typeof catalogues.de>>['default'];

/** What is filled in: numbers, and what people call themselves and their places. */
type Values = Readonly<Record<string, string | number>>;

/** A sentence with what is filled in, to be said in either form. */
export type Told = readonly [sentence: Sentence, values?: Values];

/** Says sentences in one language. */
export class Words {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly #i18n: I18n;

  constructor(language: Language, catalogue: Messages) {
    this.language = language;
    this.direction = directionOf(language);
    this.#i18n = setupI18n({ locale: language, messages: { [language]: catalogue } });
    this.#i18n.setMessagesCompiler((message) => compileMessage(message));
  }

  /** As plain text. Right to left, names stand between isolates, so that they do not turn what is around them. */
  t(english: Sentence, values: Values = {}): string {
    const isolates = this.direction === 'rtl';
    return this.#i18n._(
      english,
      mapped(values, (name) => (isolates ? `\u2068${name}\u2069` : name)),
    );
  }

  /** As HTML, with names escaped and isolated. */
  html(english: Sentence, values: Values = {}): string {
    const names: string[] = [];
    const said = this.#i18n._(
      english,
      mapped(values, (name) => `\uE000${names.push(name) - 1}\uE001`),
    );
    return escapeHtml(said).replace(/\uE000(\d+)\uE001/g, (_, at: string) => nameHtml(names[Number(at)] ?? ''));
  }
}

/** A name in HTML, whichever direction it has. */
export const nameHtml = (name: string): string => `<bdi>${escapeHtml(name)}</bdi>`;

function mapped(values: Values, change: (name: string) => string): Values {
  const changed = Object.entries(values).map(([key, value]) => [
    key,
    typeof value === 'string' ? change(value) : value,
  ]);
  return Object.fromEntries(changed);
}

const known = new Map<Language, Promise<Words>>();

/** Loaded when something is first written in that language. */
export function wordsOf(language: Language): Promise<Words> {
  const words = known.get(language) ?? load(language);
  known.set(language, words);
  return words;
}

async function load(language: Language): Promise<Words> {
  return new Words(language, language === 'en' ? {} : (await catalogues[language]()).default);
}
