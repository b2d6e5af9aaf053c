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

/** Where a fenced block of code begins; whatever stands behind three backticks holds none. */
const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

function withoutBlocks(text: string): string {
  const kept: string[] = [];
  let open: string | null = null;
  for (const line of text.split('\n')) {
    const mark = fence.exec(line)?.[1];
    if (open === null && mark === undefined) kept.push(line);
    else if (open === null) open = mark ?? null;
    else if (mark?.startsWith(open) && line.trim() === mark) open = null;
  }
  return kept.join('\n');
}

/** A span ends at the next run of as many backticks as it begins with. */
function withoutSpans(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(({ index, 0: run }) => ({ from: index, length: run.length }));
  const lastOf = new Map(runs.map(({ from, length }) => [length, from]));
  let kept = '';
  let at = 0;
  for (const [place, { from, length }] of runs.entries()) {
    if (from < at || (lastOf.get(length) ?? 0) <= from) continue;
    const end = runs.find((run, index) => index > place && run.length === length)?.from ?? from;
    kept += `${text.slice(at, from)} `;
    at = end + length;
  }
  return kept + text.slice(at);
}

/** Whom a message's text names, outside its code. */
export function namedInText(text: string): NamedInText {
  const handles = new Set<string>();
  let all: NamedInText['all'] = null;
  for (const { name: said } of mentionsInText(withoutSpans(withoutBlocks(text)))) {
    const called = calledBy(said);
    if (called === null) handles.add(said);
    else if (all !== 'room') all = called;
  }
  return { handles: [...handles], all };
}
