import { useCallback, useEffect, useRef, useState } from 'react';
import { failureSentence } from './failure-sentence.ts';

type State<T> = { status: 'loading' } | { status: 'failed'; failure: string } | { status: 'ready'; value: T };

type Loaded<T> = State<T> & {
  /** Changes what is here, or what is still on its way: that may know of the change already. */
  change(update: (value: T) => T): void;
};

/** Something asked for once when a place opens, and again when `key` changes. What the SDK keeps up to date is a store instead. */
export function useLoaded<T>(load: () => Promise<T>, key: string): Loaded<T> {
  const [state, setState] = useState<State<T>>({ status: 'loading' });
  /** Changes that wait for what is on its way; `null` once it is here. */
  const waiting = useRef<((value: T) => T)[] | null>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` names what is loaded
  useEffect(() => {
    let gone = false;
    const changes: ((value: T) => T)[] = [];
    waiting.current = changes;
    setState({ status: 'loading' });
    load().then(
      (loaded) => {
        if (gone) return;
        waiting.current = null;
        setState({ status: 'ready', value: changes.reduce((value, update) => update(value), loaded) });
      },
      (error: unknown) => (gone ? undefined : setState({ status: 'failed', failure: failureSentence(error) })),
    );
    return () => {
      gone = true;
    };
  }, [key]);
  const change = useCallback((update: (value: T) => T) => {
    if (waiting.current !== null) waiting.current.push(update);
    else setState((last) => (last.status === 'ready' ? { status: 'ready', value: update(last.value) } : last));
  }, []);
  return { ...state, change };
}
