import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from 'react';
import { type ToastNote, ToastStack } from '../ui/toast.tsx';
import { failureSentence } from './failure-sentence.ts';

/** How long a note stays; failures stay longer because there is more to read. */
const shownForMs = { done: 4_000, failed: 9_000 } as const;
/** The oldest goes when there are more. */
const maxNotes = 3;

interface Toasts {
  done(text: string): void;
  failed(error: unknown): void;
  /** A sentence about something that cannot be done so. */
  say(sentence: string): void;
  /** Runs work that needs no place of its own on the screen; a failure becomes a note. */
  attempt(work: Promise<unknown>, success?: string): void;
}

const ToastContext = createContext<Toasts | null>(null);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [notes, setNotes] = useState<readonly ToastNote[]>([]);
  const nextId = useRef(1);
  const close = useCallback((id: number) => setNotes((last) => last.filter((note) => note.id !== id)), []);
  const show = useCallback(
    (tone: ToastNote['tone'], text: string) => {
      const id = nextId.current++;
      setNotes((last) => [...last, { id, tone, text }].slice(-maxNotes));
      setTimeout(() => close(id), shownForMs[tone]);
    },
    [close],
  );
  const toasts = useMemo<Toasts>(
    () => ({
      done: (text) => show('done', text),
      failed: (error) => show('failed', failureSentence(error)),
      say: (sentence) => show('failed', sentence),
      attempt: (work, success) => {
        work.then(
          () => (success === undefined ? undefined : show('done', success)),
          (error: unknown) => show('failed', failureSentence(error)),
        );
      },
    }),
    [show],
  );
  return (
    <ToastContext value={toasts}>
      {children}
      <ToastStack notes={notes} onClose={close} />
    </ToastContext>
  );
}

export function useToasts(): Toasts {
  const toasts = use(ToastContext);
  if (toasts === null) throw new Error('useToasts needs a ToastProvider above it.');
  return toasts;
}
