import { startTransition, useEffect, useState } from 'react';

/** Before the list stands at its place: rows that are about to leave the screen again are not worth drawing. */
const atFirstPx = 100;
/** Whoever goes up a page at once arrives among rows of known sizes, so that what they saw last stays where they look. */
const leastPx = 600;
/** Two or three frames. */
const soonMs = 40;

/**
 * How much of the list is drawn, and by that measured, beyond each edge, in CSS pixels: no less than a screen, but only
 * once what is on the screen was seen, so that a room shows at once.
 */
export function useDrawnBeyond(settled: boolean): number {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!settled || seen) return;
    const timer = setTimeout(() => startTransition(() => setSeen(true)), soonMs);
    return () => clearTimeout(timer);
  }, [settled, seen]);
  return seen ? Math.max(leastPx, window.innerHeight) : atFirstPx;
}
