import type { CustomItemComponentProps } from 'virtua';

/** Chromium scrolls by whole pixels: rows of whole pixels do not drift by halves as they are measured above. */
const wholePixels = 'calc-size(auto,round(up,size,1px))';

/**
 * What holds one row. Chromium (seen in 156) leaves rows unpainted after a jump when they also have the style
 * containment that virtua gives them, so they keep that of layout only. It also gives the list to no pointer for a moment
 * after every scroll, its own corrections among them: a press that was under way then would be lost.
 */
export function ListItem({ style, index: _, children, ref }: CustomItemComponentProps) {
  return (
    <li ref={ref} style={{ ...style, contain: 'layout', blockSize: wholePixels, pointerEvents: 'auto' }}>
      {children}
    </li>
  );
}
