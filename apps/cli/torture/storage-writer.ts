import { fileURLToPath } from 'node:url';

/**
 * The program of the storage package that writes entries and says what became of each (its own comment tells its
 * options and its lines). It is run as a process of its own, so that it can be traced, starved and killed.
 */
export const storageWriter = fileURLToPath(
  new URL('../../../packages/storage/testing/writer-process.ts', import.meta.url),
);

/** What the program said. */
export interface WriterWords {
  readonly opened: boolean;
  readonly acknowledged: readonly number[];
  readonly refused: readonly number[];
  /** It came to its own end, with the database closed. */
  readonly finished: boolean;
}

export function wordsOf(output: string): WriterWords {
  // A line that was cut off was not said.
  const lines = output.split('\n').slice(0, -1);
  const idsAfter = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.slice(word.length + 1)));
  return {
    opened: lines.includes('open'),
    acknowledged: idsAfter('acknowledged'),
    refused: idsAfter('refused'),
    finished: lines.at(-1) === 'done',
  };
}
