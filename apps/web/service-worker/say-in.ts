import type { Say } from '../features/notifications/notification-words.ts';

/** What notifications say, by language and by what it is in English. */
export type WorkerSentences = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Says sentences in a language, without what pages load for that: none of the worker's has plural forms. */
export function sayIn(language: string, sentences: WorkerSentences): Say {
  return (english: string, values = {}) => {
    const text = sentences[language]?.[english] ?? english;
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}
