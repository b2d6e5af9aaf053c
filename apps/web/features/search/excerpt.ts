/** A stretch of a text, marked or not. */
export interface ExcerptPart {
  /** Where it begins in the whole text. */
  from: number;
  text: string;
  marked: boolean;
}

/** Characters before the first mark that are shown, and in all. */
const before = 60;
const most = 320;

/** So much of a text around what was found in it as a list has room for, with what was found marked. */
export function excerptOf(text: string, marks: readonly (readonly [number, number])[]): ExcerptPart[] {
  const first = marks[0]?.[0] ?? 0;
  const from = first <= before + 20 ? 0 : wordStart(text, first - before);
  const to = Math.min(text.length, from + most);
  const parts: ExcerptPart[] = [];
  let at = from;
  const add = (end: number, marked: boolean) => {
    if (end > at) parts.push({ from: at, text: text.slice(at, end), marked });
    at = Math.max(at, end);
  };
  for (const [start, end] of marks) {
    if (start >= to) break;
    add(start, false);
    add(Math.min(end, to), true);
  }
  add(to, false);
  if (from > 0) parts.unshift({ from: -1, text: '… ', marked: false });
  if (to < text.length) parts.push({ from: text.length, text: '…', marked: false });
  return parts;
}

/** Where the next word begins, unless it is far. */
function wordStart(text: string, at: number): number {
  const space = text.slice(at, at + 20).search(/\s/);
  if (space >= 0) return at + space + 1;
  return /[\udc00-\udfff]/.test(text[at] ?? '') ? at + 1 : at;
}
