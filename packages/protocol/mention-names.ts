import { proseOf } from './prose.ts';

/** What stands after the `@` of a mention: a handle of a person or a group, or a word for everyone. */
const name = '[a-z0-9][a-z0-9._-]*';

/** An `@name` that no letter, digit or another `@` stands before: addresses of e-mail are none. */
const mention = new RegExp(`(?<![\\p{L}\\p{N}_@./-])@(${name})`, 'giu');

const everyone: ReadonlyMap<string, 'room' | 'here'> = new Map([
  ['room', 'room'],
  ['channel', 'room'],
  ['all', 'room'],
  ['everyone', 'room'],
  ['here', 'here'],
]);

export interface NamedInText {
  /** In lower case, each once, in the order of the text. */
  readonly handles: readonly string[];
  readonly all: 'room' | 'here' | null;
}

/** A piece of text that names somebody: `from` is where its `@` stands, `to` is behind its last letter. */
export interface MentionInText {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Names with a dot or a dash at their end are ends of sentences. */
const trimmed = (found: string) => found.replace(/[._-]+$/, '').toLowerCase();

/** Every `@name` of a text that holds no code, in order. */
export function mentionsInText(text: string): MentionInText[] {
  const found: MentionInText[] = [];
  for (const match of text.matchAll(mention)) {
    const said = trimmed(match[1] ?? '');
    found.push({ name: said, from: match.index, to: match.index + 1 + said.length });
  }
  return found;
}

/** Whether a name is a word for everyone, and for which. */
export const calledBy = (word: string): 'room' | 'here' | null => everyone.get(word) ?? null;

/** Whether a text may hold an `@here`: a look that costs next to nothing, and that code and addresses pass too. */
export const mayCallHere = (text: string): boolean => text.includes('@') && /@here/i.test(text);

/** Whom a message's text names, outside its code. */
export function namedInText(text: string): NamedInText {
  const handles = new Set<string>();
  let all: NamedInText['all'] = null;
  for (const { name: said } of mentionsInText(proseOf(text))) {
    const called = calledBy(said);
    if (called === null) handles.add(said);
    else if (all !== 'room') all = called;
  }
  return { handles: [...handles], all };
}
