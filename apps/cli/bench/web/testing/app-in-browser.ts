import { launchBrowser } from '@confab/web/e2e/browser';
import type { Browser, Page } from 'playwright-core';

/** Where to go, and the number that its last message begins with. */
export interface Destination {
  name: string;
  last: number;
}

export interface Frames {
  all: number;
  /** Came more than half a frame after its turn. */
  late: number;
  /** Messages, or lines, that went by. */
  passed: number;
}

const size = { width: 1_280, height: 800 };
const framesPerRun = 240;
const pxPerFrame = 40;

/** The web app on a desk, signed in. */
export class AppInBrowser {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(url: string, account: { handle: string; password: string }): Promise<AppInBrowser> {
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: size, baseURL: url });
    const headers = { origin: url };
    const answer = await page.request.post('/api/v1/account/sign-in', {
      headers,
      data: { ...account, deliver: 'cookie' },
    });
    if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}.`);
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link').first().waitFor();
    return new AppInBrowser(browser, page);
  }

  /** Goes to each of the rooms; milliseconds from the press to the frame in which its last message stands. */
  async visit(rooms: readonly Destination[]): Promise<number[]> {
    const tookMs: number[] = [];
    for (const room of rooms) {
      const link = this.#page
        .getByRole('navigation', { name: 'Rooms' })
        .getByRole('link', { name: new RegExp(`^${room.name}\\b`) });
      tookMs.push(await link.first().evaluate(pressAndWait, room));
      await this.#page.waitForLoadState('networkidle');
    }
    return tookMs;
  }

  /** Up from where it stands, at a steady speed. */
  scrollUp(): Promise<Frames> {
    return this.#page.evaluate(scrollSteadily, { frames: framesPerRun, px: -pxPerFrame, of: 'article' });
  }

  /** The same over lines that are there already, which nothing has to be done for: what this machine's browser can do. */
  async scrollPlainPage(): Promise<Frames> {
    const page = await this.#browser.newPage({ viewport: size });
    const lines = Array.from({ length: 1_000 }, (_, index) => `<article>${index} A line of usual length.</article>`);
    await page.setContent(
      `<div style="height:700px;overflow:auto"><ol>${lines.map((line) => `<li style="height:40px">${line}</li>`).join('')}</ol></div>`,
    );
    const frames = await page.evaluate(scrollSteadily, { frames: framesPerRun, px: pxPerFrame, of: 'article' });
    await page.close();
    return frames;
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

/** Runs in the page. */
async function pressAndWait(link: Element, { name, last }: Destination): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const isThere = () => {
    const articles = document.querySelectorAll(`section[aria-label="${name}"] article`);
    const article = articles[articles.length - 1];
    return article?.textContent.includes(`${last} A line`) && getComputedStyle(article).visibility !== 'hidden';
  };
  const startedMs = performance.now();
  (link as HTMLElement).click();
  for (let frames = 0; frames < 600; frames += 1) {
    await frame();
    if (isThere()) return performance.now() - startedMs;
  }
  throw new Error(`The room ${name} did not come.`);
}

/** Runs in the page. */
async function scrollSteadily({ frames, px, of }: { frames: number; px: number; of: string }): Promise<Frames> {
  const list = document.querySelector(of)?.closest('ol')?.parentElement;
  if (!list) throw new Error('There is no list.');
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const seen = new Set<string>();
  const betweenMs: number[] = [];
  let before = await frame();
  for (let count = 0; count < frames; count += 1) {
    list.scrollTop += px;
    const now = await frame();
    betweenMs.push(now - before);
    before = now;
    for (const each of list.querySelectorAll(of)) seen.add(each.getAttribute('data-seq') ?? each.textContent);
  }
  const turnMs = 1_000 / 60;
  return { all: frames, late: betweenMs.filter((ms) => ms > 1.5 * turnMs).length, passed: seen.size };
}
