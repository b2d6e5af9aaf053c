import { limits } from './limits.ts';
import { proseOf } from './prose.ts';

/** An address as people write or paste it. What ends it may belong to the sentence; marks of Chinese and Japanese do. */
const address = /https?:\/\/[^\s<>"\p{Cc}\u3000-\u303f\uff01\uff08\uff09\uff0c\uff1f]+/giu;

/** What is hidden until it is asked for. */
const spoiler = /\|\|[\s\S]+?\|\|/g;

/** Links of a message's text, outside its code and spoilers: each once, in their order, as they are written. */
export function linksInText(text: string): string[] {
  if (!text.includes('://')) return [];
  const found = new Map<string, string>();
  for (const [written] of proseOf(text).replace(spoiler, ' ').matchAll(address)) {
    const link = withoutSentence(written);
    if (link.length > limits.linkChars || !URL.canParse(link)) continue;
    const { href } = new URL(link);
    if (!found.has(href)) found.set(href, link);
  }
  return [...found.values()];
}

/** Cuts off what ends the sentence, and a bracket that was opened before the link. */
function withoutSentence(written: string): string {
  let link = written;
  for (;;) {
    const last = link.at(-1) ?? '';
    const opens = last === ')' ? '(' : last === ']' ? '[' : undefined;
    const isOwn = opens !== undefined && count(link, opens) >= count(link, last);
    if (isOwn || !/[.,;:!?'"*_~)\]}|…]/u.test(last)) return link;
    link = link.slice(0, -1);
  }
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;
