import { useConfab, useStore } from '@confab/client/react';
import type { MessageId, RoomId } from '@confab/protocol';
import { useEffect, useRef, useState } from 'react';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { Drafts } from './drafts.ts';

/** What is in a composer. */
export interface Written {
  readonly text: string;
  /** The message that it quotes. */
  readonly quote: MessageId | null;
}

interface Known {
  text: string;
  quote?: MessageId;
  at: number;
}

const writtenOf = ({ text, quote }: Known): Written => ({ text, quote: quote ?? null });

/**
 * What stands in a room's composer, or in one of its threads'. Every change is kept at once on this device and follows
 * to the person's others; what is typed there shows here when it is later. Others see that one is typing.
 */
export function useDraft(
  room: RoomId,
  thread: MessageId | null,
): [written: Written, change: (change: Partial<Written>) => void] {
  const confab = useConfab();
  const { me } = useSignedIn();
  const place = thread ?? room;
  const [drafts] = useState(() => new Drafts(localStorage, Date.now));
  const shared = confab.drafts.of(room, thread);
  const told = useStore(shared);
  const [first] = useState(() => latestOf(drafts.find(me.id, place), shared.get()));
  const [written, setWritten] = useState(() => writtenOf(first));
  /** What is in the composer, and from when. */
  const shown = useRef(first);
  useEffect(() => {
    // Kept here from before: the others may not know it, or may know that it was sent.
    if (first.text !== '' || first.quote !== undefined) confab.drafts.save(room, thread, first.text, first);
  }, [confab, room, thread, first]);
  useEffect(() => {
    if (told === undefined || told.at <= shown.current.at) return;
    if (told.text === shown.current.text && told.quote === shown.current.quote) return;
    shown.current = told;
    setWritten(writtenOf(told));
    drafts.write(me.id, place, told.text, told.quote);
  }, [told, drafts, me.id, place]);
  const change = (part: Partial<Written>) => {
    const { text, quote } = { ...writtenOf(shown.current), ...part };
    const said = quote === null ? {} : { quote };
    setWritten({ text, quote });
    drafts.write(me.id, place, text, said.quote);
    confab.drafts.save(room, thread, text, said);
    shown.current = { text, ...said, at: Math.max(Date.now(), shared.get()?.at ?? 0) };
    if (part.text !== undefined) confab.rooms.setTyping(room, text.trim() !== '');
  };
  return [written, change];
}

function latestOf(here: Known | null, elsewhere: Known | undefined): Known {
  if (here !== null && here.at > (elsewhere?.at ?? 0)) return here;
  return elsewhere ?? { text: '', at: 0 };
}
