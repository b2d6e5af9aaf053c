import type { Timeline, TimelineState } from '@confab/client';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Row } from './timeline-rows.ts';

/** Nearer to the end than this counts as being there when more arrives. CSS pixels. */
const bottomWithinPx = 32;
/** Nobody scrolls less than this; a browser's rounding does. CSS pixels. */
const movedPx = 2;
/** More is loaded when less than this many screens of it are left. */
const loadWithinScreens = 1.5;

export interface ScrollInput {
  rows: readonly Row[];
  state: TimelineState;
  timeline: Timeline;
}

interface ScrollElements {
  scroller: RefObject<HTMLDivElement | null>;
  /** Stands below the last row. */
  foot: RefObject<HTMLDivElement | null>;
}

/** What the list is held at, whatever grows around it, until someone scrolls. `null`: where they scrolled to. */
type Place = { at: 'end' } | { at: 'row'; key: string; abovePx: number | 'center' } | null;

export interface ScrollPosition {
  handle: RefObject<VirtualizerHandle | null>;
  /** Whether the end of what is loaded is on the screen; `null` until that is known. */
  atBottom: boolean | null;
  /** Goes to the end and stays there while more arrives. */
  toEnd(): void;
  /** Goes to a row, which then stands in the middle or so far below the top. */
  toRow(key: string, abovePx: number | 'center'): void;
  onScroll(): void;
  onResize(): void;
}

/**
 * Holds the list at its place and loads more where an edge comes near. The sizes of rows are guesses until they are
 * drawn, and a busy device draws late: so the place is set anew in the same frame with each size that becomes known.
 */
export function useScrollPosition({ scroller, foot, rows, state, timeline }: ScrollInput & ScrollElements) {
  const handle = useRef<VirtualizerHandle>(null);
  const [atBottom, setAtBottom] = useState<boolean | null>(null);
  const place = useRef<Place>({ at: 'end' });
  /** Where the place was last set to: a scroll to anywhere else is a person's. */
  const heldTop = useRef(0);
  const nearEnd = useRef(false);
  const latest = useRef({ rows, state, timeline });
  const lastKey = useRef<string>(undefined);
  useLayoutEffect(() => {
    latest.current = { rows, state, timeline };
  });

  const hold = useCallback(() => {
    if (scroller.current === null || handle.current === null) return;
    const top = topOf(place.current, latest.current, handle.current, scroller.current);
    if (top === null) return;
    scroller.current.scrollTop = top;
    heldTop.current = scroller.current.scrollTop;
  }, [scroller]);
  const toEnd = useCallback(() => {
    place.current = { at: 'end' };
    hold();
  }, [hold]);
  const toRow = useCallback(
    (key: string, abovePx: number | 'center') => {
      place.current = { at: 'row', key, abovePx };
      hold();
    },
    [hold],
  );
  const look = useCallback(() => {
    const { state, timeline } = latest.current;
    if (scroller.current === null || state.status !== 'ready') return;
    nearEnd.current = belowOf(scroller.current) <= bottomWithinPx;
    // By guessed sizes the end may seem near: it is there once what stands below it has been drawn.
    if (!nearEnd.current) setAtBottom(false);
    else if (isDrawn(foot.current)) setAtBottom(true);
    loadMore(scroller.current, state, timeline);
  }, [scroller, foot]);
  const onScroll = useCallback(() => {
    if (scroller.current === null) return;
    if (place.current === null || Math.abs(scroller.current.scrollTop - heldTop.current) > movedPx) {
      place.current = belowOf(scroller.current) <= movedPx ? { at: 'end' } : null;
      heldTop.current = scroller.current.scrollTop;
    }
    look();
  }, [scroller, look]);
  const onResize = useCallback(() => {
    hold();
    look();
  }, [hold, look]);

  useLayoutEffect(() => {
    const last = rows.at(-1);
    const arrived = last !== undefined && last.key !== lastKey.current;
    lastKey.current = last?.key;
    const ownSend = last?.kind === 'message' && last.item.kind === 'pending';
    if (arrived && (ownSend || (place.current === null && nearEnd.current))) place.current = { at: 'end' };
    hold();
  }, [rows, hold]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a short list never scrolls, so it has to be looked at
  useEffect(look, [rows, state.loading, look]);
  useEffect(() => {
    if (scroller.current === null) return;
    const observer = new ResizeObserver(onResize);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller, onResize]);
  return { handle, atBottom, toEnd, toRow, onScroll, onResize } satisfies ScrollPosition;
}

/** The scroll offset that the place asks for, in CSS pixels; `null` when it asks for none. The browser clamps it. */
function topOf(place: Place, { rows, state }: ScrollInput, list: VirtualizerHandle, scroller: HTMLElement) {
  if (place === null) return null;
  // The end of what is loaded is not the end of the room while more follows.
  if (place.at === 'end') return state.later ? null : scroller.scrollHeight;
  const index = rows.findIndex((row) => row.key === place.key);
  if (index === -1) return null;
  const offset = list.getItemOffset(index);
  if (place.abovePx !== 'center') return offset - place.abovePx;
  return offset - (scroller.clientHeight - list.getItemSize(index)) / 2;
}

/** CSS pixels between the bottom of the screen and the end of the list. */
function belowOf({ scrollHeight, clientHeight, scrollTop }: HTMLElement): number {
  return scrollHeight - clientHeight - scrollTop;
}

/** What has not been measured yet is hidden. */
function isDrawn(element: HTMLElement | null): boolean {
  return element !== null && getComputedStyle(element).visibility !== 'hidden';
}

function loadMore(scroller: HTMLElement, state: TimelineState, timeline: Timeline): void {
  if (state.loading !== null) return;
  const reach = scroller.clientHeight * loadWithinScreens;
  if (state.earlier && scroller.scrollTop < reach) void timeline.loadEarlier().catch(shownInState);
  else if (state.later && belowOf(scroller) < reach) void timeline.loadLater().catch(shownInState);
}

/** A page that could not be loaded shows in the timeline's state, and is asked for again with the next scroll. */
export function shownInState() {}
