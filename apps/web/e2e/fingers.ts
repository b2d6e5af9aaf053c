import type { Page } from 'playwright-core';

/** Where fingers are, each in CSS pixels from the left and from the top. */
type Points = readonly (readonly [x: number, y: number])[];

const steps = 10;

/** Puts fingers on a page, moves them in straight lines and lifts them. */
export async function fingersOn(page: Page): Promise<(from: Points, to: Points) => Promise<void>> {
  const browser = await page.context().newCDPSession(page);
  return async (from, to) => {
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Points) =>
      browser.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    await touch('touchStart', from);
    for (let step = 1; step <= steps; step += 1) {
      await touch(
        'touchMove',
        from.map(([x, y], finger) => {
          const [toX = x, toY = y] = to[finger] ?? [];
          return [x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps] as const;
        }),
      );
    }
    await touch('touchEnd', []);
  };
}
