import type { Timeline, TimelineState } from '@confab/client';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { type Row, rowIndexOfSeq } from './timeline-rows.ts';
import type { Target } from './use-list-window.ts';

/** Nearer to the end than this counts as being there. CSS pixels. */
const bottomWithinPx = 32;
/** More is loaded when less than this many screens of it are left. */
const loadWithinScreens = 1.5;
/** Room above the unread line, so that what came before it can be seen. CSS pixels. */
const aboveUnreadPx = 96;
/** Twice the flash's own time; after it the mark is taken off. */
const flashForMs = 2_400;

interface KeeperInput {
  scroller: RefObject<HTMLDivElement | null>;
  rows: readonly Row[];
  state: TimelineState;
  timeline: Timeline;
  generation: number;
  target: Target;
}

/** Where the list stands: opens at the right place, stays at the end when it was there, loads more in time. */
export function useScrollKeeper({ scroller, rows, state, timeline, generation, target }: KeeperInput) {
  const handle = useRef<VirtualizerHandle>(null);
  const [atBottom, setAtBottom] = useState(true);
  const [flashSeq, setFlashSeq] = useState<number | null>(null);
  const sticking = useRef(true);
  const lastOffset = useRef(0);
  const latest = useRef({ rows, state, timeline });
  useLayoutEffect(() => {
    latest.current = { rows, state, timeline };
  });

  const toEnd = useCallback(() => {
    sticking.current = true;
    const { rows } = latest.current;
    // The row after the last is the list's foot.
    if (rows.length > 0) handle.current?.scrollToIndex(rows.length, { align: 'end' });
  }, []);

  /** Loads more where the edge is near. */
  const look = useCallback(() => {
    const list = handle.current;
    const { state, timeline } = latest.current;
    if (list === null || state.status !== 'ready') return;
    const below = list.scrollSize - list.viewportSize - list.scrollOffset;
    setAtBottom(below <= bottomWithinPx);
    if (state.loading !== null) return;
    const reach = list.viewportSize * loadWithinScreens;
    if (state.earlier && list.scrollOffset < reach) void timeline.loadEarlier().catch(noted);
    else if (state.later && below < reach) void timeline.loadLater().catch(noted);
  }, []);

  const onScroll = useCallback(
    (offset: number) => {
      const list = handle.current;
      if (list === null) return;
      const below = list.scrollSize - list.viewportSize - offset;
      if (below <= bottomWithinPx) sticking.current = true;
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

  /** Goes to a message, or to where reading goes on; `false` when the message is not among the rows. */
  const goTo = useCallback(
    (seq: number | null) => {
      const { rows, state } = latest.current;
      const index = seq === null ? rows.findIndex(isFirstUnread) : rowIndexOfSeq(rows, seq);
      if (seq === null && index === -1 && !state.later) {
        toEnd();
        return true;
      }
      if (index === -1) return false;
      sticking.current = false;
      if (seq === null) handle.current?.scrollToIndex(index, { align: 'start', offset: -aboveUnreadPx });
      else handle.current?.scrollToIndex(index, { align: 'center' });
      if (seq !== null) setFlashSeq(seq);
      return true;
    },
    [toEnd],
  );

  const handled = useRef<{ generation: number; target: Target | null }>({ generation: -1, target: null });
  const wanted = useRef<'latest' | Target>(target);
  const empty = rows.length === 0;
  useLayoutEffect(() => {
    if (empty || state.status !== 'ready') return;
    const asked = handled.current.target !== target;
    if (!asked && handled.current.generation === generation) return;
    if (asked) wanted.current = target;
    const firstTime = handled.current.target === null;
    handled.current = { generation, target };
    const goal = wanted.current;
    if (goal === 'latest') toEnd();
    else if (!goTo(goal.seq) && goal.seq !== null && !firstTime) void timeline.jumpTo(goal.seq).catch(noted);
  }, [generation, target, empty, state.status, goTo, toEnd, timeline]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the rows change
  useLayoutEffect(() => {
    if (sticking.current && !latest.current.state.later) toEnd();
  }, [rows, toEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a short list never scrolls, so it has to be looked at
  useEffect(look, [rows, state.loading, look]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(onResize);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, onResize]);

  useEffect(() => {
    if (flashSeq === null) return;
    const timer = setTimeout(() => setFlashSeq(null), flashForMs);
    return () => clearTimeout(timer);
  }, [flashSeq]);

  const toLatest = useCallback(() => {
    wanted.current = 'latest';
    const { state, timeline } = latest.current;
    if (state.later) void timeline.jumpToLatest().catch(noted);
    else toEnd();
  }, [toEnd]);
  const show = useCallback((index: number) => handle.current?.scrollToIndex(index, { align: 'nearest' }), []);

  return { handle, atBottom, flashSeq, onScroll, onResize, toLatest, show };
}

/** A page that could not be loaded shows in the timeline's state, and is asked for again with the next scroll. */
function noted() {}

function isFirstUnread(row: Row): boolean {
  return row.kind !== 'welcome' && row.unread;
}
