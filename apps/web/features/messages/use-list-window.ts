import { useLayoutEffect, useRef } from 'react';
import { listChange } from './list-change.ts';
import type { Row } from './timeline-rows.ts';

/** A message's position, or where reading goes on. */
export interface Target {
  seq: number | null;
}

/**
 * Tells how the rows came from the ones before. `shift` is set only in the commit that adds or drops rows at the start;
 * `generation` counts up when another stretch of the room takes their place.
 */
export function useListWindow(rows: readonly Row[]): { generation: number; shift: boolean } {
  const last = useRef<{ keys: readonly string[]; generation: number }>({ keys: [], generation: 0 });
  // By the notices of a row, since it takes the key of its last one.
  const keys = rows.flatMap((row) => (row.kind === 'notice' ? row.notices.map(({ seq }) => `${seq}`) : [row.key]));
  const change = listChange(last.current.keys, keys);
  const generation = last.current.generation + (change === 'replaced' ? 1 : 0);
  useLayoutEffect(() => {
    last.current = { keys, generation };
  });
  return { generation, shift: change === 'start' };
}
