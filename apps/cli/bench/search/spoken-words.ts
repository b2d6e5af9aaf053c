/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const onsets = 'b br c ch d dr f fl g gr h j k kl l m n p pl qu r s sch st str t tr v w z'.split(' ');
const cores = 'a e i o u au ei ie ou ea'.split(' ');
const codas = ['', '', 'n', 'r', 's', 't', 'l', 'nd', 'ng', 'rt', 'st', 'ck'];

/** How many words a language has here, and how many of its characters Chinese and Japanese are written with. */
const wordCount = 120_000;
const hanCount = 3_000;

/**
 * What people say, as far as an index cares: words as unevenly common as in a language, some of them long compounds,
 * and each tenth message in Chinese characters.
 */
export class SpokenWords {
  readonly #random: () => number;
  readonly #words: string[] = [];

  constructor(seed: number) {
    this.#random = seeded(seed);
    const known = new Set<string>();
    while (known.size < wordCount) known.add(this.#newWord(known.size));
    this.#words = [...known];
  }

  /** The word that is the `rank`th most common. */
  word(rank: number): string {
    return this.#words[Math.min(rank, wordCount - 1)] ?? '';
  }

  characters(rank: number, count: number): string {
    const one = (index: number) => String.fromCodePoint(0x4e00 + ((rank + index * 37) % hanCount));
    return Array.from({ length: count }, (_, index) => one(index)).join('');
  }

  message(): string {
    const length = 2 + Math.floor(this.#random() ** 2 * 30);
    if (this.#random() < 0.1) {
      return Array.from({ length: length * 2 }, () => this.characters(this.#rank(hanCount), 1)).join('');
    }
    return Array.from({ length }, () => this.word(this.#rank(wordCount))).join(' ');
  }

  /** Zipf's law: the tenth word is said a tenth as often as the first. */
  #rank(of: number): number {
    return Math.floor(of ** this.#random()) - 1;
  }

  #newWord(rank: number): string {
    const syllables = 1 + Math.floor(Math.log2(rank + 2) / 5 + this.#random() * 1.6);
    const pick = (from: readonly string[]) => from[Math.floor(this.#random() * from.length)] ?? '';
    return Array.from({ length: syllables }, () => pick(onsets) + pick(cores) + pick(codas)).join('');
  }
}
