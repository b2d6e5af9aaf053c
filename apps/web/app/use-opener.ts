import { useCallback, useEffect, useRef } from 'react';

/** Has the focus go back to where something was opened from, unless it went somewhere else by then. */
export function useOpener(isOpen: boolean): { remember(): void } {
  const opener = useRef<readonly Element[]>([]);
  useEffect(() => {
    if (isOpen) return;
    const back = opener.current.find((element) => element.isConnected);
    opener.current = [];
    if (document.activeElement === document.body && back instanceof HTMLElement) back.focus({ preventScroll: true });
  }, [isOpen]);
  const remember = useCallback(() => {
    if (opener.current.length === 0) opener.current = openersFrom(document.activeElement);
  }, []);
  return { remember };
}

/** An entry of a menu goes with it, and a button of a message with the pointer: then what held it, in this order. */
function openersFrom(focused: Element | null): Element[] {
  const menu = focused?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const button = menu ? document.getElementById(menu) : focused;
  return [button, button?.closest('article')].filter((element) => element instanceof Element);
}
