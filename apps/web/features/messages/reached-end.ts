/** So near to the end the last message shows whole: what is cut off is the foot below it. CSS pixels. */
export const footPx = 12;
/** Nobody scrolls less than this; a browser's rounding does. CSS pixels. */
export const movedPx = 2;

interface Scrolled {
  /** How far above the end it went to, and stood before. CSS pixels. */
  below: number;
  lastBelow: number;
  /** Whether more follows what is loaded: then its end is not the end of the room. */
  later: boolean;
}

/**
 * Whether someone who scrolled wants the end: who comes down stops anywhere in the foot, who goes up by however little
 * wants to stay there.
 */
export function reachedEnd({ below, lastBelow, later }: Scrolled): boolean {
  return !later && (below <= movedPx || (below <= footPx && below < lastBelow));
}
