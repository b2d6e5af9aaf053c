import type { Timeline, TimelineState } from '@confab/client';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Row } from './timeline-rows.ts';

/** Nearer to the end than this counts as being there. CSS pixels. */
const bottomWithinPx = 32;
/** More is loaded when less than this many screens of it are left. */
const loadWithinScreens = 1.5;

export interface ScrollInput {
  scroller: RefObject<HTMLDivElement | null>;
  rows: readonly Row[];
  state: TimelineState;
  timeline: Timeline;
}

export interface ScrollPosition {
  handle: RefObject<VirtualizerHandle | null>;
  /** Whether the end of what is loaded is on the screen. */
  atBottom: boolean;
  /** Goes to the end and stays there while more arrives. */
  toEnd(): void;
  /** Lets go of the end. */
  release(): void;
  onScroll(offset: number): void;
  onResize(): void;
}

/** Keeps the list at its end while it was there, and loads more where an edge comes near. */
export function useScrollPosition({ scroller, rows, state, timeline }: ScrollInput): ScrollPosition {
  const handle = useRef<VirtualizerHandle>(null);
  const [atBottom, setAtBottom] = useState(true);
  const sticking = useRef(true);
  const lastOffset = useRef(0);
  const latest = useRef({ rows, state, timeline });
  useLayoutEffect(() => {
    latest.current = { rows, state, timeline };
  });

  const toEnd = useCallback(() => {
    sticking.current = true;
    // The row after the last is the list's foot.
    if (latest.current.rows.length > 0) handle.current?.scrollToIndex(latest.current.rows.length, { align: 'end' });
  }, []);
  const release = useCallback(() => {
    sticking.current = false;
  }, []);
  const look = useCallback(() => {
    const list = handle.current;
    const { state, timeline } = latest.current;
    if (list === null || state.status !== 'ready') return;
    setAtBottom(belowOf(list) <= bottomWithinPx);
    loadMore(list, state, timeline);
  }, []);
  const onScroll = useCallback(
    (offset: number) => {
      if (handle.current === null) return;
      if (belowOf(handle.current) <= bottomWithinPx) sticking.current = true;
      else if (offset < lastOffset.current - 1) sticking.current = false;
      lastOffset.current = offset;
      look();
    },
    [look],
  );
  const onResize = useCallback(() => {
    if (sticking.current && !latest.current.state.later) toEnd();
    look();
  }, [toEnd, look]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the rows change
  useLayoutEffect(() => {
    if (sticking.current && !latest.current.state.later) toEnd();
  }, [rows, toEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a short list never scrolls, so it has to be looked at
  useEffect(look, [rows, state.loading, look]);
  useEffect(() => {
    if (scroller.current === null) return;
    const observer = new ResizeObserver(onResize);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller, onResize]);
  return { handle, atBottom, toEnd, release, onScroll, onResize };
}

/** CSS pixels between the bottom of the screen and the end of the list. */
function belowOf(list: VirtualizerHandle): number {
  return list.scrollSize - list.viewportSize - list.scrollOffset;
}

function loadMore(list: VirtualizerHandle, state: TimelineState, timeline: Timeline): void {
  if (state.loading !== null) return;
  const reach = list.viewportSize * loadWithinScreens;
  if (state.earlier && list.scrollOffset < reach) void timeline.loadEarlier().catch(shownInState);
  else if (state.later && belowOf(list) < reach) void timeline.loadLater().catch(shownInState);
}

/** A page that could not be loaded shows in the timeline's state, and is asked for again with the next scroll. */
export function shownInState() {}
