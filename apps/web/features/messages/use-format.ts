import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Format } from './formats.ts';
import type { Selected } from './text-marks.ts';

/** Applies a format to what is selected in a text area, and keeps it selected. */
export function useFormat(
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  write: (text: string) => void,
): (format: Format) => void {
  const selection = useRef<Selected | null>(null);
  // The selection can only be set once the changed text is in the text area.
  useLayoutEffect(() => {
    if (selection.current === null) return;
    area.current?.setSelectionRange(selection.current.start, selection.current.end);
    selection.current = null;
  });
  return (format) => {
    const element = area.current;
    if (element === null) return;
    selection.current = format.apply({ text, start: element.selectionStart, end: element.selectionEnd });
    write(selection.current.text);
    element.focus();
  };
}
