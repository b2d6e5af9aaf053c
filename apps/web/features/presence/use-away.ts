import { useConfab } from '@confab/client/react';
import { useEffect } from 'react';

/** Nothing touched for this long: the person is not at this device. */
const idleAfterMs = 5 * 60_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const;

/** Tells the server when the person leaves this device and when they are back. */
export function useAway(): void {
  const confab = useConfab();
  useEffect(() => {
    let away = false;
    let timer = setTimeout(leave, idleAfterMs);
    function leave() {
      away = true;
      confab.setAway(true);
    }
    function noticed() {
      clearTimeout(timer);
      timer = setTimeout(leave, idleAfterMs);
      if (!away) return;
      away = false;
      confab.setAway(false);
    }
    for (const sign of signs) addEventListener(sign, noticed, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) removeEventListener(sign, noticed);
    };
  }, [confab]);
}
