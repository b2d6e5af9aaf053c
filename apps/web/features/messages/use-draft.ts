import { useConfab } from '@confab/client/react';
import type { MessageId, RoomId } from '@confab/protocol';
import { useState } from 'react';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { Drafts } from './drafts.ts';

/** The text of a room's composer, or of one of its threads. Every change is kept at once, and others see that one is typing. */
export function useDraft(room: RoomId, thread: MessageId | null): [text: string, write: (text: string) => void] {
  const confab = useConfab();
  const { me } = useSignedIn();
  const [drafts] = useState(() => new Drafts(localStorage, Date.now));
  const [text, setText] = useState(() => drafts.read(me.id, thread ?? room));
  const write = (next: string) => {
    setText(next);
    drafts.write(me.id, thread ?? room, next);
    confab.rooms.setTyping(room, next.trim() !== '');
  };
  return [text, write];
}
