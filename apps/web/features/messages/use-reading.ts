import { useEffect, useState } from 'react';
import { useConversation } from './conversation-context.tsx';

interface ReadingInput {
  /** Whether the end of the room was on the screen when the list was last drawn. */
  atEnd: boolean;
  /** Runs a task as soon as it is there: what just arrived may stand below the screen for a moment. */
  whenAtBottom: (task: () => void) => () => void;
  unread: number;
}

/** Marks the room, or the thread, read while its end is on the screen of someone who looks at it. */
export function useReading({ atEnd, whenAtBottom, unread }: ReadingInput): void {
  const { markRead } = useConversation();
  const looking = useLooking();
  useEffect(
    () => (atEnd && looking && unread > 0 ? whenAtBottom(markRead) : undefined),
    [markRead, atEnd, whenAtBottom, looking, unread],
  );
}

const changes = ['focus', 'blur'] as const;

/** Whether this window has the person's attention. */
function useLooking(): boolean {
  const [looking, setLooking] = useState(isLooking);
  useEffect(() => {
    const update = () => setLooking(isLooking());
    for (const change of changes) addEventListener(change, update);
    document.addEventListener('visibilitychange', update);
    return () => {
      for (const change of changes) removeEventListener(change, update);
      document.removeEventListener('visibilitychange', update);
    };
  }, []);
  return looking;
}

function isLooking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
