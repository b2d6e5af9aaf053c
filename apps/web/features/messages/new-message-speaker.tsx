import type { TimelineItem } from '@confab/client';
import type { Message } from '@confab/protocol';
import { useEffect, useRef, useState } from 'react';
import { PersonName } from '../accounts/person-name.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import styles from './message-list.module.css';
import { messageLine } from './one-line.ts';

/** A screen reader is told the beginning of a message; the rest is in the list. Characters. */
const spokenChars = 280;

/** Tells screen readers politely what others write while the room is open. */
export function NewMessageSpeaker({ items }: { items: readonly TimelineItem[] }) {
  const { me } = useSignedIn();
  const [spoken, setSpoken] = useState<Message | null>(null);
  const heardUpTo = useRef<number | null>(null);
  useEffect(() => {
    const last = items.findLast((item) => item.kind === 'message');
    if (last?.kind !== 'message') return;
    const { message } = last;
    const isNew = heardUpTo.current !== null && message.seq > heardUpTo.current;
    heardUpTo.current = Math.max(heardUpTo.current ?? 0, message.seq);
    if (isNew && message.author !== me.id && message.deletedAt === null) setSpoken(message);
  }, [items, me.id]);
  const isDeleted = items.some(
    (item) => item.kind === 'message' && item.message.id === spoken?.id && item.message.deletedAt !== null,
  );
  return (
    <div className={styles.spoken} aria-live="polite">
      {spoken === null || isDeleted ? null : (
        <p key={spoken.id}>
          <PersonName user={spoken.author} />: {(spoken.text || messageLine(spoken)).slice(0, spokenChars)}
        </p>
      )}
    </div>
  );
}
