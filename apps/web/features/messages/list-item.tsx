import type { CustomItemComponentProps } from 'virtua';

/**
 * What holds one row. Chromium (seen in 156) leaves rows unpainted after a jump when they also have the style
 * containment that virtua gives them, so they keep that of layout only.
 */
export function ListItem({ style, index: _, children, ref }: CustomItemComponentProps) {
  return (
    <li ref={ref} style={{ ...style, contain: 'layout' }}>
      {children}
    </li>
  );
}
