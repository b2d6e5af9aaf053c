/** What is looked through: made once for each name, so that a key press only compares. */
export interface Needle {
  /** Folded: without case, accents and width. */
  readonly text: string;
  /** Where words begin in `text`. */
  readonly starts: readonly number[];
}

const notWord = /[^\p{L}\p{N}]+/gu;

export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

export function needleOf(name: string): Needle {
  const text = fold(name).replace(notWord, ' ').trim();
  const starts = [0];
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) starts.push(at + 1);
  return { text, starts };
}

/** What was typed, as pieces that must all be found. */
export function piecesOf(typed: string): string[] {
  return fold(typed)
    .split(notWord)
    .filter((piece) => piece !== '');
}

/** How well a name answers what was typed, from 0 to 100; -1 where a piece is not in it at all. */
export function fit(needle: Needle, pieces: readonly string[]): number {
  let sum = 0;
  for (const piece of pieces) {
    const found = fitOne(needle, piece);
    if (found === -1) return -1;
    sum += found;
  }
  return pieces.length === 0 ? 0 : sum / pieces.length;
}

function fitOne({ text, starts }: Needle, piece: string): number {
  const at = text.indexOf(piece);
  if (at === 0) return text.length === piece.length ? 100 : 90;
  if (at > 0 && text[at - 1] === ' ') return 75;
  // A word further on may begin with it although it is first found inside one.
  if (at > 0 && text.includes(` ${piece}`)) return 75;
  if (startsOfWords(text, starts, piece)) return 60;
  if (at > 0) return 45;
  return inOrder(text, starts, piece) ? 20 : -1;
}

/** “desrev” in “design review”: beginnings of words, one after the other. */
function startsOfWords(text: string, starts: readonly number[], piece: string): boolean {
  const from = (word: number, done: number): boolean => {
    if (done === piece.length) return true;
    for (let index = word; index < starts.length; index += 1) {
      const start = starts[index] ?? 0;
      let length = 0;
      while (done + length < piece.length && text[start + length] === piece[done + length]) length += 1;
      for (; length > 0; length -= 1) if (from(index + 1, done + length)) return true;
    }
    return false;
  };
  return starts.length > 1 && from(0, 0);
}

/** All letters in their order, the first at the beginning of a word: what is left of a name typed in haste. */
function inOrder(text: string, starts: readonly number[], piece: string): boolean {
  if (piece.length < 3) return false;
  return starts.some((start) => {
    if (text[start] !== piece[0]) return false;
    let at = start;
    for (const letter of piece) {
      at = text.indexOf(letter, at);
      if (at === -1) return false;
      at += 1;
    }
    // Letters spread over half a sentence are chance.
    return at - start <= piece.length * 2 + 2;
  });
}
