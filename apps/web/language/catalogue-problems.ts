import type { Messages } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';

type CompiledMessage = Messages[string];

/** What a sentence is made of besides words: its values, its elements, and which plural forms it gives for each value. */
interface Parts {
  readonly values: ReadonlySet<string>;
  readonly elements: readonly string[];
  readonly plurals: ReadonlyMap<string, readonly string[]>;
}

function partsOf(text: string): Parts {
  const values = new Set<string>();
  const plurals = new Map<string, readonly string[]>();
  const read = (message: CompiledMessage) => {
    if (!Array.isArray(message)) return;
    for (const token of message) {
      if (typeof token === 'string') continue;
      const [name, type, cases] = token;
      values.add(name);
      if (cases === undefined || cases === null || typeof cases === 'string') continue;
      if (type === 'plural') plurals.set(name, Object.keys(cases));
      for (const inner of Object.values(cases)) read(inner as CompiledMessage);
    }
  };
  read(compileMessage(text, (value) => value));
  const elements = [...new Set([...text.matchAll(/<\/?\w+\/?>/g)].map(([element]) => element))].sort();
  return { values, elements, plurals };
}

/** The names of what a sentence fills in. */
export const valuesOf = (text: string): ReadonlySet<string> => partsOf(text).values;

/** The sentences that say what is wrong with a catalogue of this language; empty when it is whole. */
export function catalogueProblems(
  language: string,
  sentences: readonly string[],
  catalogue: Readonly<Record<string, string>>,
): string[] {
  const problems: string[] = [];
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const english of Object.keys(catalogue)) {
    if (!sentences.includes(english)) problems.push(`“${english}” stands nowhere any more`);
  }
  for (const english of sentences) {
    const text = catalogue[english];
    if (text === undefined || text.trim() === '') {
      problems.push(`“${english}” is missing`);
      continue;
    }
    const [theirs, ours] = [partsOf(english), partsOf(text)];
    const missing = theirs.values.symmetricDifference(ours.values);
    if (missing.size > 0) problems.push(`“${text}” and “${english}” differ in ${[...missing].join(', ')}`);
    if (theirs.elements.join() !== ours.elements.join())
      problems.push(`“${text}” has other elements than “${english}”`);
    for (const [name, forms] of ours.plurals) {
      const lacking = needed.filter((form) => !forms.includes(form));
      if (lacking.length > 0) problems.push(`“${text}” lacks the plural forms ${lacking.join(', ')} of ${name}`);
    }
  }
  return problems;
}
