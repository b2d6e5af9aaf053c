import type { Timeline, TimelineState } from '@confab/client';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { footPx, movedPx, reachedEnd } from './reached-end.ts';
import type { Row } from './timeline-rows.ts';
import { useWindowPlace } from './use-window-place.ts';

/** More is loaded when less than this many screens of it are left. */
const loadWithinScreens = 1.5;

const mostFramesHidden = 60;

export interface ScrollInput {
  rows: readonly Row[];
  state: TimelineState;
  timeline: Timeline;
}

type Scroller = RefObject<HTMLDivElement | null>;

/** What the list is held at, whatever grows around it, until someone scrolls. `null`: where they scrolled to. */
type Place = { at: 'end' } | { at: 'row'; key: string; abovePx: number | 'center' } | null;

export interface ScrollPosition {
  handle: RefObject<VirtualizerHandle | null>;
  /** Whether the list is held at its end, or at a row that shows it; `null` until that is known. */
  atBottom: boolean | null;
  /** Runs `task` once the list is at its end at that very moment: now, or when it is looked at next. Returns how to cancel. */
  whenAtBottom(task: () => void): () => void;
  /** For what stands below the last row. */
  foot(element: HTMLElement | null): void;
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
export function useScrollPosition({ scroller, rows, state, timeline }: ScrollInput & { scroller: Scroller }) {
  const handle = useRef<VirtualizerHandle>(null);
  const [atBottom, setAtBottom] = useState<boolean | null>(null);
  const place = useRef<Place>({ at: 'end' });
  /** Where the place was last set to: a scroll to anywhere else is a person's. */
  const heldTop = useRef(0);
  const lastBelow = useRef(0);
  const footElement = useRef<HTMLElement>(null);
  const awaiting = useRef<(() => void) | null>(null);
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
  const isAtBottom = useCallback(
    () => scroller.current !== null && place.current !== null && belowOf(scroller.current) <= footPx,
    [scroller],
  );
  const look = useCallback(() => {
    const { state, timeline } = latest.current;
    if (scroller.current === null || state.status !== 'ready') return;
    lastBelow.current = belowOf(scroller.current);
    // Where someone stands may turn out to be the end: nothing more follows, or the window has grown.
    if (place.current === null && lastBelow.current <= movedPx && !state.later) place.current = { at: 'end' };
    // By guessed sizes the end may seem near: it is there once what stands below it has been drawn.
    const atEnd = isAtBottom();
    if (atEnd && !isDrawn(footElement.current)) return loadMore(scroller.current, state, timeline);
    setAtBottom(atEnd);
    showOnceDrawn(scroller.current);
    if (atEnd) {
      const task = awaiting.current;
      awaiting.current = null;
      task?.();
    }
    loadMore(scroller.current, state, timeline);
  }, [scroller, isAtBottom]);
  const whenAtBottom = useCallback(
    (task: () => void) => {
      if (isAtBottom()) task();
      else awaiting.current = task;
      return () => {
        awaiting.current = null;
      };
    },
    [isAtBottom],
  );
  const foot = useCallback(
    (element: HTMLElement | null) => {
      footElement.current = element;
      if (isDrawn(element)) look();
    },
    [look],
  );
  const onScroll = useCallback(() => {
    if (scroller.current === null) return;
    if (place.current === null || Math.abs(scroller.current.scrollTop - heldTop.current) > movedPx) {
      const { later } = latest.current.state;
      const reached = reachedEnd({ below: belowOf(scroller.current), lastBelow: lastBelow.current, later });
      place.current = reached ? { at: 'end' } : null;
      heldTop.current = scroller.current.scrollTop;
    }
    look();
  }, [scroller, look]);
  /** The list hears of its own corrections a frame late: drawn again before that, it would show rows of elsewhere. */
  const tellList = useCallback(() => {
    const list = scroller.current;
    if (list && handle.current && handle.current.scrollOffset !== list.scrollTop)
      list.dispatchEvent(new Event('scroll'));
  }, [scroller]);
  const onResize = useCallback(() => {
    hold();
    tellList();
    look();
  }, [hold, tellList, look]);

  useLayoutEffect(() => {
    const last = rows.at(-1);
    const arrived = last !== undefined && last.key !== lastKey.current;
    lastKey.current = last?.key;
    const ownSend = last?.kind === 'message' && last.item.kind === 'pending';
    if (arrived && ownSend) place.current = { at: 'end' };
    hold();
    // Before whatever these rows lead to is drawn.
    queueMicrotask(tellList);
  }, [rows, hold, tellList]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a short list never scrolls, so it has to be looked at
  useEffect(look, [rows, state.loading, look]);
  // Rows may be drawn a while after their sizes are known, and nothing tells of that.
  useEffect(() => untilShown(scroller, look), [scroller, look]);
  const keepPlace = useCallback(
    (byPx: number) => {
      const { current: list } = handle;
      if (byPx === 0 || scroller.current === null || list === null || place.current?.at === 'end') return;
      const top = scroller.current.scrollTop + byPx;
      place.current = movedPlace(place.current, latest.current.rows, list, top);
      scroller.current.scrollTop = top;
      heldTop.current = scroller.current.scrollTop;
    },
    [scroller],
  );
  useWindowPlace(scroller, keepPlace, onResize);
  return { handle, atBottom, whenAtBottom, foot, toEnd, toRow, onScroll, onResize } satisfies ScrollPosition;
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

/** The same row as it stands once the list has been scrolled to `top`. */
function movedPlace(place: Place, rows: readonly Row[], list: VirtualizerHandle, top: number): Place {
  if (place?.at !== 'row') return place;
  const index = rows.findIndex((row) => row.key === place.key);
  return index === -1 ? place : { ...place, abovePx: list.getItemOffset(index) - top };
}

/** CSS pixels between the bottom of the screen and the end of the list. */
function belowOf({ scrollHeight, clientHeight, scrollTop }: HTMLElement): number {
  return scrollHeight - clientHeight - scrollTop;
}

/** The list hides the item of what has not been measured yet. To read that off its style has nothing laid out. */
function isDrawn(element: HTMLElement | null): boolean {
  return element?.parentElement != null && element.parentElement.style.visibility !== 'hidden';
}

/** Shows the list when all that is on the screen stands at its place. At once: React would draw it a frame later. */
function showOnceDrawn(scroller: HTMLElement): void {
  if (scroller.dataset.settled !== undefined) return;
  const items = [...scroller.querySelectorAll<HTMLElement>(':scope > ol > li')];
  const [first, last] = [items[0], items.at(-1)];
  if (!first?.parentElement || !last || items.some(({ style }) => style.visibility === 'hidden')) return;
  const [screen, list] = [scroller.getBoundingClientRect(), first.parentElement.getBoundingClientRect()];
  const isAbove = first.getBoundingClientRect().top <= Math.max(screen.top, list.top) + movedPx;
  const isBelow = last.getBoundingClientRect().bottom >= Math.min(screen.bottom, list.bottom) - movedPx;
  if (isAbove && isBelow) scroller.dataset.settled = '';
}

/** Looks with each frame until the list is shown; one that cannot be found to stand still is shown as it is. */
function untilShown(scroller: Scroller, look: () => void): () => void {
  let frames = 0;
  const next = () => {
    const list = scroller.current;
    if (list === null) return;
    look();
    frames += 1;
    if (list.dataset.settled !== undefined) return;
    if (frames < mostFramesHidden) frame = requestAnimationFrame(next);
    else list.dataset.settled = '';
  };
  let frame = requestAnimationFrame(next);
  return () => cancelAnimationFrame(frame);
}

function loadMore(scroller: HTMLElement, state: TimelineState, timeline: Timeline): void {
  if (state.loading !== null) return;
  const reach = scroller.clientHeight * loadWithinScreens;
  if (state.earlier && scroller.scrollTop < reach) void timeline.loadEarlier().catch(shownInState);
  else if (state.later && belowOf(scroller) < reach) void timeline.loadLater().catch(shownInState);
}

/** A page that could not be loaded shows in the timeline's state, and is asked for again with the next scroll. */
export function shownInState() {}
