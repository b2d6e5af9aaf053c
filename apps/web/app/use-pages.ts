import { useCallback, useEffect, useRef, useState } from 'react';
import { failureSentence } from './failure-sentence.ts';

interface Pages<T> {
  /** `null` until the first page is there. */
  entries: readonly T[] | null;
  more: boolean;
  failure: string | null;
  loadMore(): void;
  change(update: (entries: readonly T[]) => readonly T[]): void;
}

type LoadPage<T> = (last: T | undefined) => Promise<{ entries: readonly T[]; more: boolean }>;

/** A list that is asked for a page at a time. What was loaded stays in sight while it is loaded anew, when `key` changes. */
export function usePages<T>(load: LoadPage<T>, key: string): Pages<T> {
  const [entries, setEntries] = useState<readonly T[] | null>(null);
  const [more, setMore] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const round = useRef(0);
  const ask = useCallback(async (page: LoadPage<T>, before: readonly T[]) => {
    round.current += 1;
    const own = round.current;
    try {
      const answer = await page(before.at(-1));
      if (own !== round.current) return;
      setEntries([...before, ...answer.entries]);
      setMore(answer.more);
      setFailure(null);
    } catch (error) {
      if (own === round.current) setFailure(failureSentence(error));
    }
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` names what is loaded
  useEffect(() => {
    void ask(load, []);
    return () => {
      round.current += 1;
    };
  }, [ask, key]);
  const change = useCallback((update: (entries: readonly T[]) => readonly T[]) => {
    setEntries((last) => (last === null ? null : update(last)));
  }, []);
  return { entries, more, failure, change, loadMore: () => void ask(load, entries ?? []) };
}
