import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import styles from './tooltip-layer.module.css';

/** A pointer that rests this long asks for the name; the keyboard's focus shows it at once. */
const afterMs = 500;
/** The next one in a row shows at once when it follows within this time. */
const warmForMs = 300;
/** Distance to the element and to the window's edge. CSS pixels. */
const gapPx = 6;

interface Shown {
  text: string;
  shortcut: string | undefined;
  place: DOMRect;
}

/**
 * One tooltip for the whole app: shows the `data-tooltip` of what is pointed at or focused. It repeats the element's
 * accessible name, so screen readers do not need it; and buttons in long lists cost nothing until pointed at.
 */
export default function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const bubble = useRef<HTMLDivElement>(null);
  useEffect(() => watch(setShown), []);
  useLayoutEffect(() => {
    const element = bubble.current;
    if (element === null || shown === null) return;
    const { width, height } = element.getBoundingClientRect();
    const { place } = shown;
    const left = Math.min(Math.max(place.x + place.width / 2 - width / 2, gapPx), innerWidth - width - gapPx);
    const above = place.y - height - gapPx;
    element.style.translate = `${left}px ${above < gapPx ? place.bottom + gapPx : above}px`;
  }, [shown]);
  if (shown === null) return null;
  return (
    <div ref={bubble} className={styles.tooltip} aria-hidden>
      {shown.text}
      {shown.shortcut === undefined ? null : <kbd className={styles.shortcut}>{shown.shortcut}</kbd>}
    </div>
  );
}

/** Follows the pointer and the focus; the answer stops it. */
function watch(show: (shown: Shown | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let element: HTMLElement | null = null;
  let hiddenAt = 0;

  const open = (target: HTMLElement) => {
    const { tooltip, shortcut } = target.dataset;
    // Its own menu is open: that says more.
    const expanded = target.ariaExpanded === 'true';
    if (tooltip !== undefined && !expanded && target.isConnected)
      show({ text: tooltip, shortcut, place: target.getBoundingClientRect() });
  };
  const hide = () => {
    clearTimeout(timer);
    if (element !== null) hiddenAt = Date.now();
    element = null;
    show(null);
  };
  const consider = (event: Event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tooltip]') : null;
    if (target === element) return;
    hide();
    if (target === null) return;
    element = target;
    if (event.type === 'focusin') {
      if (target.matches(':focus-visible')) open(target);
      return;
    }
    const warm = Date.now() - hiddenAt < warmForMs;
    timer = setTimeout(() => open(target), warm ? 0 : afterMs);
  };
  const starts = ['pointerover', 'focusin'] as const;
  const ends = ['pointerdown', 'keydown', 'wheel', 'focusout'] as const;
  for (const start of starts) addEventListener(start, consider);
  for (const end of ends) addEventListener(end, hide, { passive: true, capture: true });
  return () => {
    clearTimeout(timer);
    for (const start of starts) removeEventListener(start, consider);
    for (const end of ends) removeEventListener(end, hide, { capture: true });
  };
}
