import { launchBrowser } from '@confab/web/e2e/browser';
import type { Browser, Page } from 'playwright-core';

interface Account {
  readonly handle: string;
  readonly password: string;
  /** The name of the room that it sends to. */
  readonly room: string;
}

/** The web app in a browser, in a room. */
export class UploadingTab {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(url: string, { room, ...account }: Account): Promise<UploadingTab> {
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 }, baseURL: url });
    const data = { ...account, deliver: 'cookie' };
    const answer = await page.request.post('/api/v1/account/sign-in', { headers: { origin: url }, data });
    if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}.`);
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: room }).first().click();
    return new UploadingTab(browser, page);
  }

  /** Attaches a file of this machine and presses Enter: the message waits with it. */
  async send(path: string): Promise<void> {
    const chosen = this.#page.waitForEvent('filechooser');
    await this.#page.getByRole('button', { name: 'Attach files' }).click();
    await (await chosen).setFiles(path);
    await this.#page.getByRole('list', { name: 'Attached files' }).waitFor();
    await this.#page.getByRole('textbox', { name: /^Message / }).press('Enter');
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
