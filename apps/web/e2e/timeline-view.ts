import type { Page } from 'playwright-core';

export interface View {
  /** CSS pixels between the bottom of the screen and the end of the list. */
  belowPx: number;
  /** What can be read on the screen. */
  text: string;
  /** Where each message on the screen begins, by its position. CSS pixels from the top of the window. */
  tops: Readonly<Record<string, number>>;
}

/** The timeline as it stands once nothing of it has moved for ten frames. */
export function lookAt(page: Page): Promise<View> {
  return page.evaluate(async () => {
    const list = () => document.querySelector('article')?.closest('ol')?.parentElement;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let still = 0, last = ''; still < 10; still += 1) {
      await frame();
      const now = `${list()?.scrollTop} ${list()?.scrollHeight} ${list()?.innerText.length}`;
      if (now !== last) still = 0;
      last = now;
    }
    const scroller = list();
    if (!scroller) throw new Error('There is no timeline.');
    const box = scroller.getBoundingClientRect();
    const isSeen = (element: Element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > box.top && top < box.bottom && getComputedStyle(element).visibility !== 'hidden';
    };
    const items = [...scroller.querySelectorAll<HTMLElement>(':scope > ol > li')].filter(isSeen);
    const articles = [...scroller.querySelectorAll<HTMLElement>('article[data-seq]')].filter(isSeen);
    return {
      belowPx: scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop,
      text: items.map((item) => item.innerText).join('\n'),
      tops: Object.fromEntries(articles.map((item) => [item.dataset.seq, item.getBoundingClientRect().top])),
    };
  });
}

/** By how much the messages of the first view stand elsewhere in the second, at most; infinite if one is gone. CSS pixels. */
export function movedPx(before: View, after: View): number {
  const moves = Object.entries(before.tops).map(([seq, top]) => Math.abs((after.tops[seq] ?? Infinity) - top));
  return moves.length === 0 ? Infinity : Math.max(...moves);
}

/**
 * Scrolls the list by so many CSS pixels at once. The page is told before anything else runs, as it is of a person's
 * scroll; of one by a script it would hear a frame later.
 */
export function scrollBy(page: Page, byPx: number): Promise<void> {
  return page.evaluate((byPx) => {
    const list = document.querySelector('article')?.closest('ol')?.parentElement;
    list?.scrollBy({ top: byPx, behavior: 'instant' });
    list?.dispatchEvent(new Event('scroll'));
  }, byPx);
}

interface Climb {
  /** Whether it ended at the beginning of the room. */
  arrived: boolean;
  /** By how much a message on the screen was ever painted elsewhere than the scroll put it. CSS pixels. */
  offPx: number;
  /** Where that was. */
  at: string;
  /** By how much the list grew in one step at most. CSS pixels. */
  grewPx: number;
}

/** Scrolls up, at each step by so many screens, to the beginning of the room; watches what each step leaves on screen. */
export function climb(page: Page, screens: number): Promise<Climb> {
  return page.evaluate(async (screens) => {
    const scroller = document.querySelector('article')?.closest('ol')?.parentElement;
    if (!scroller) throw new Error('There is no timeline.');
    const box = scroller.getBoundingClientRect();
    const onScreen = (top: number, bottom: number) => bottom > box.top && top < box.bottom;
    /** Where the elements are in the next frame as it is painted: no other observer runs between that and the paint. */
    const painted = (elements: readonly Element[]) =>
      new Promise<IntersectionObserverEntry[]>((resolve) => {
        requestAnimationFrame(() => {
          const observer = new IntersectionObserver((entries) => {
            observer.disconnect();
            resolve(entries.filter(({ target }) => target !== scroller));
          });
          for (const element of [scroller, ...elements]) observer.observe(element);
        });
      });
    const climb = { arrived: false, offPx: 0, at: '', grewPx: 0 };
    for (let step = 0; step < 400 && !climb.arrived; step += 1) {
      const from = scroller.scrollTop;
      const height = scroller.scrollHeight;
      const articles = [...scroller.querySelectorAll('article[data-seq]')];
      const before = new Map(articles.map((article) => [article as Element, article.getBoundingClientRect()]));
      scroller.scrollTop -= scroller.clientHeight * screens;
      scroller.dispatchEvent(new Event('scroll'));
      const moved = from - scroller.scrollTop;
      const watched = articles.filter((article) => {
        const { top, bottom } = before.get(article) ?? box;
        return onScreen(top, bottom) && onScreen(top + moved, bottom + moved);
      });
      for (let frames = 0; frames < 3; frames += 1) {
        for (const { target, boundingClientRect: now } of await painted(watched)) {
          const meant = (before.get(target)?.top ?? 0) + moved;
          // What is no longer drawn has no height.
          const offPx = now.height === 0 ? Infinity : Math.abs(now.top - meant);
          if (offPx <= climb.offPx) continue;
          const { scrollTop, scrollHeight } = scroller;
          climb.offPx = offPx;
          climb.at = JSON.stringify({ step, frames, from, moved, scrollTop, height, scrollHeight });
        }
      }
      climb.grewPx = Math.max(climb.grewPx, scroller.scrollHeight - height);
      climb.arrived = scroller.scrollTop === 0 && scroller.innerText.includes('This is the beginning');
    }
    return climb;
  }, screens);
}
