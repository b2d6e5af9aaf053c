import type { Progress } from '@confab/server';
import { count } from './commands.ts';

const words = { copying: 'Copying', checking: 'Checking' } as const;

/** Says how far a copy is, at most once in `everyMs` and for each table's end only when it took that long. */
export function progressLines(say: (line: string) => void, nowMs: () => number, everyMs = 1_000): Progress {
  let saidMs = nowMs();
  return ({ doing, table, rows, of }) => {
    if (nowMs() - saidMs < everyMs) return;
    saidMs = nowMs();
    say(`${words[doing]} ${table}: ${count(rows)} of ${count(of)} rows`);
  };
}
