import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Selected } from './text-marks.ts';

/** Changes what is selected in a text area, and selects what comes of it. */
export function useFormat(
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  write: (text: string) => void,
): (change: (selected: Selected) => Selected) => void {
  const selection = useRef<Selected | null>(null);
  // The selection can only be set once the changed text is in the text area.
  useLayoutEffect(() => {
    if (selection.current === null) return;
    area.current?.setSelectionRange(selection.current.start, selection.current.end);
    selection.current = null;
  });
  return (change) => {
    const element = area.current;
    if (element === null) return;
    selection.current = change({ text, start: element.selectionStart, end: element.selectionEnd });
    write(selection.current.text);
    element.focus();
  };
}
