import { useCallback, useEffect, useState } from 'react';
import { failureSentence } from './failure-sentence.ts';

type Loaded<T> =
  | { status: 'loading' }
  | { status: 'failed'; failure: string }
  | { status: 'ready'; value: T; change: (update: (value: T) => T) => void };

type State<T> = { status: 'loading' } | { status: 'failed'; failure: string } | { status: 'ready'; value: T };

/** Something asked for once when a place opens, and again when `key` changes. What the SDK keeps up to date is a store instead. */
export function useLoaded<T>(load: () => Promise<T>, key: string): Loaded<T> {
  const [state, setState] = useState<State<T>>({ status: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` names what is loaded
  useEffect(() => {
    let gone = false;
    setState({ status: 'loading' });
    load().then(
      (value) => (gone ? undefined : setState({ status: 'ready', value })),
      (error: unknown) => (gone ? undefined : setState({ status: 'failed', failure: failureSentence(error) })),
    );
    return () => {
      gone = true;
    };
  }, [key]);
  const change = useCallback((update: (value: T) => T) => {
    setState((last) => (last.status === 'ready' ? { status: 'ready', value: update(last.value) } : last));
  }, []);
  return state.status === 'ready' ? { ...state, change } : state;
}
