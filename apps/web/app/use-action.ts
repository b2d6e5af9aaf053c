import type { ErrorCode } from '@confab/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { failureCode, failureSentence } from './failure-sentence.ts';

interface Action<Arguments extends unknown[]> {
  /** Starts the work unless it is already under way; resolves to whether it succeeded. */
  run(...given: Arguments): Promise<boolean>;
  busy: boolean;
  /** What went wrong the last time, as a sentence. */
  failure: string | null;
  /** The server's code for it; `null` when the server could not be asked. */
  code: ErrorCode | null;
}

/** Work that a person starts and waits for: a form's submission, a button's press. */
export function useAction<Arguments extends unknown[]>(
  work: (...given: Arguments) => Promise<unknown>,
): Action<Arguments> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work;
  });
  const run = useCallback(async (...given: Arguments) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await latest.current(...given);
      return true;
    } catch (error) {
      setError(error);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const failure = error === null ? null : failureSentence(error);
  return { run, busy, failure, code: failureCode(error) };
}
