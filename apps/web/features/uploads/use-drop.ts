import { type RefObject, useEffect, useRef, useState } from 'react';
import { bringsFiles, droppedFiles } from './dropped-files.ts';

type OnDrop = (dropped: ReturnType<typeof droppedFiles>) => void;

/** The conversation that a composer belongs to: files may be dropped anywhere on it. */
export function conversationOf(element: HTMLElement | null): HTMLElement | null {
  return element?.closest<HTMLElement>('section,aside') ?? null;
}

/** Takes files that are dropped on the conversation around `inside`; says whether some are held over it. */
export function useDrop(inside: RefObject<HTMLElement | null>, onDrop: OnDrop): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    const conversation = conversationOf(inside.current);
    if (conversation === null) return;
    const listening = new AbortController();
    const { signal } = listening;
    // Each element inside tells of its own entering and leaving: it is over when as many were left as entered.
    let within = 0;
    const hold = (by: number) => {
      within = Math.max(0, within + by);
      setOver(within > 0);
    };
    const on = (event: 'dragenter' | 'dragover' | 'dragleave' | 'drop', hear: (event: DragEvent) => void) =>
      conversation.addEventListener(event, (each) => bringsFiles(each.dataTransfer) && hear(each), { signal });
    on('dragenter', () => hold(1));
    on('dragleave', () => hold(-1));
    on('dragover', (event) => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    });
    on('drop', (event) => {
      event.preventDefault();
      within = 0;
      setOver(false);
      if (event.dataTransfer !== null) latest.current(droppedFiles(event.dataTransfer));
    });
    refuseElsewhere(signal);
    return () => listening.abort();
  }, [inside]);
  return over;
}

/** A file that misses the conversation must not be opened instead of the page. */
function refuseElsewhere(signal: AbortSignal): void {
  const refuse = (event: DragEvent) => {
    if (event.defaultPrevented || !bringsFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
  };
  addEventListener('dragover', refuse, { signal });
  addEventListener('drop', refuse, { signal });
}
