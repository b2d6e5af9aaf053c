import { useConfab, useStore } from '@confab/client/react';
import type { MessageId, RoomId } from '@confab/protocol';
import { useEffect, useRef, useState } from 'react';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { Drafts } from './drafts.ts';

/**
 * The text of a room's composer, or of one of its threads. Every change is kept at once on this device and follows to
 * the person's others; what is typed there shows here when it is later. Others see that one is typing.
 */
export function useDraft(room: RoomId, thread: MessageId | null): [text: string, write: (text: string) => void] {
  const confab = useConfab();
  const { me } = useSignedIn();
  const place = thread ?? room;
  const [drafts] = useState(() => new Drafts(localStorage, Date.now));
  const shared = confab.drafts.of(room, thread);
  const told = useStore(shared);
  const [first] = useState(() => latestOf(drafts.find(me.id, place), shared.get()));
  const [text, setText] = useState(first.text);
  /** What is in the composer, and from when. */
  const shown = useRef(first);
  useEffect(() => {
    // Kept here from before: the others may not know it, or may know that it was sent.
    if (first.text !== '') confab.drafts.save(room, thread, first.text, first.at);
  }, [confab, room, thread, first]);
  useEffect(() => {
    if (told === undefined || told.at <= shown.current.at || told.text === shown.current.text) return;
    shown.current = told;
    setText(told.text);
    drafts.write(me.id, place, told.text);
  }, [told, drafts, me.id, place]);
  const write = (next: string) => {
    setText(next);
    drafts.write(me.id, place, next);
    confab.drafts.save(room, thread, next);
    shown.current = { text: next, at: Math.max(Date.now(), shared.get()?.at ?? 0) };
    confab.rooms.setTyping(room, next.trim() !== '');
  };
  return [text, write];
}

interface Known {
  text: string;
  at: number;
}

function latestOf(here: Known | null, elsewhere: Known | undefined): Known {
  if (here !== null && here.at > (elsewhere?.at ?? 0)) return here;
  return elsewhere ?? { text: '', at: 0 };
}
