import { createElement, Fragment, type ReactNode } from 'react';
import { type Sentence, type SentenceValues, t } from './sentences.ts';

interface TransProps {
  /** With elements in it by name: `Read <link>this</link> first`, `<person/> joined`. */
  sentence: Sentence;
  values?: SentenceValues;
  /** What stands for each element, with what the sentence has inside it. */
  parts: Readonly<Record<string, (inner: string) => ReactNode>>;
}

const elements = /<(\w+)(?:\/>|>(.*?)<\/\1>)/g;
/** Stands for `<` in what others wrote, which is no element of ours. */
const lessThan = '\uE000';

/** A sentence with links, names or emphasis in it: which of its words these are differs between languages. */
export function Trans({ sentence, values = {}, parts }: TransProps) {
  const guarded = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('<', lessThan) : value,
    ]),
  );
  const text = t(sentence, guarded);
  const plain = (piece: string) => piece.replaceAll(lessThan, '<');
  const nodes: ReactNode[] = [];
  let after = 0;
  for (const found of text.matchAll(elements)) {
    const [whole, name = '', inner = ''] = found;
    nodes.push(plain(text.slice(after, found.index)), parts[name]?.(plain(inner)) ?? plain(inner));
    after = found.index + whole.length;
  }
  nodes.push(plain(text.slice(after)));
  return createElement(Fragment, null, ...nodes);
}
