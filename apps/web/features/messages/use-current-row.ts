import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Row } from './timeline-rows.ts';

/** The one row that Tab stops at; the arrow keys carry it from message to message. The last one to begin with. */
export function useCurrentRow(
  rows: readonly Row[],
  scroller: RefObject<HTMLElement | null>,
  handle: RefObject<VirtualizerHandle | null>,
) {
  const [key, setKey] = useState<string | null>(null);
  const found = rows.findIndex((row) => row.key === key);
  const current = found === -1 ? rows.findLastIndex((row) => row.kind === 'message') : found;

  // The focus goes to the row after it has been drawn, which may need a scroll first.
  const focusPending = useRef(false);
  useLayoutEffect(() => {
    if (!focusPending.current) return;
    focusPending.current = false;
    scroller.current?.querySelector<HTMLElement>('article[tabindex="0"]')?.focus();
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.tagName !== 'ARTICLE' || event.altKey) return;
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const by = event.key === 'ArrowUp' ? -1 : 1;
    let next = current + by;
    while (rows[next] !== undefined && rows[next]?.kind !== 'message') next += by;
    const row = rows[next];
    if (row === undefined) return;
    focusPending.current = true;
    setKey(row.key);
    handle.current?.scrollToIndex(next, { align: 'nearest' });
  };
  return { current, setCurrent: setKey, onKeyDown };
}
