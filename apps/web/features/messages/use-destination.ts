import type { TimelineState } from '@confab/client';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Row, rowIndexOfSeq } from './timeline-rows.ts';
import type { Target } from './use-list-window.ts';
import { type ScrollInput, type ScrollPosition, shownInState } from './use-scroll-position.ts';

/** Room above the unread line, so that what came before it can be seen. CSS pixels. */
const aboveUnreadPx = 96;
/** A little longer than the flash itself; after it the mark is taken off. */
const flashForMs = 2_400;

interface DestinationInput extends ScrollInput {
  position: ScrollPosition;
  generation: number;
  target: Target;
}

/** Brings the list to where it was asked to go, also when that has to be loaded first. */
export function useDestination({ rows, state, timeline, position, generation, target }: DestinationInput) {
  const { toEnd, toRow } = position;
  const [flashSeq, setFlashSeq] = useState<number | null>(null);
  const handled = useRef<{ generation: number; target: Target | null }>({ generation: -1, target: null });
  const wanted = useRef<'latest' | Target>(target);

  // What was asked for has to be loaded first; the rows that come next may hold it.
  const awaited = useRef(false);

  useLayoutEffect(() => {
    if (rows.length === 0 || state.status !== 'ready') return;
    const asked = handled.current.target !== target;
    if (!asked && !awaited.current && handled.current.generation === generation) return;
    const firstTime = handled.current.target === null;
    if (asked) wanted.current = target;
    handled.current = { generation, target };
    const goal = wanted.current;
    const index = indexOfGoal(goal, rows, state);
    if (index === 'end') {
      awaited.current = goal === 'latest' && state.later;
      return toEnd();
    }
    if (index === -1) {
      // What is opened first is being opened around the message already.
      if (asked && !firstTime && goal !== 'latest') void timeline.jumpTo(goal.seq ?? 0).catch(shownInState);
      awaited.current = true;
      return;
    }
    awaited.current = false;
    const seq = goal === 'latest' ? null : goal.seq;
    toRow(rows[index]?.key ?? '', seq === null ? aboveUnreadPx : 'center');
    setFlashSeq(seq);
  }, [rows, state, timeline, generation, target, toEnd, toRow]);

  useEffect(() => {
    if (flashSeq === null) return;
    const timer = setTimeout(() => setFlashSeq(null), flashForMs);
    return () => clearTimeout(timer);
  }, [flashSeq]);

  const toLatest = useCallback(() => {
    wanted.current = 'latest';
    awaited.current = timeline.get().later;
    if (timeline.get().later) void timeline.jumpToLatest().catch(shownInState);
    else toEnd();
  }, [timeline, toEnd]);
  return { flashSeq, toLatest };
}

/** The row to go to; `end` for the end of the list, -1 when it is not loaded. */
function indexOfGoal(goal: 'latest' | Target, rows: readonly Row[], state: TimelineState): number | 'end' {
  if (goal === 'latest') return 'end';
  if (goal.seq !== null) return rowIndexOfSeq(rows, goal.seq, state.earlier);
  const unread = rows.findIndex(isFirstUnread);
  return unread === -1 ? 'end' : unread;
}

function isFirstUnread(row: Row): boolean {
  return row.kind !== 'welcome' && row.unread;
}
