import { useEffect, useState } from 'react';
import { useConversation } from './conversation-context.tsx';

interface ReadingInput {
  /** Whether the end of the room was on the screen when the list was last drawn. */
  atEnd: boolean;
  /** Whether it is there now: what just arrived may have been drawn below the screen. */
  isAtBottom: () => boolean;
  unread: number;
}

/** Marks the room, or the thread, read while its end is on the screen of someone who looks at it. */
export function useReading({ atEnd, isAtBottom, unread }: ReadingInput): void {
  const { markRead } = useConversation();
  const looking = useLooking();
  useEffect(() => {
    if (atEnd && looking && unread > 0 && isAtBottom()) markRead();
  }, [markRead, atEnd, isAtBottom, looking, unread]);
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
