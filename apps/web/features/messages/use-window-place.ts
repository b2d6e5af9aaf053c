import { type RefObject, useEffect } from 'react';

/**
 * Tells when an element has another size, and first by how many CSS pixels its upper edge has gone down: what comes to
 * stand above a list pushes it, and nothing in it may move for that.
 */
export function useWindowPlace(
  element: RefObject<HTMLElement | null>,
  onMoved: (byPx: number) => void,
  onResize: () => void,
): void {
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    let top = current.getBoundingClientRect().top;
    const observer = new ResizeObserver(() => {
      const before = top;
      top = current.getBoundingClientRect().top;
      onMoved(top - before);
      onResize();
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, onMoved, onResize]);
}
