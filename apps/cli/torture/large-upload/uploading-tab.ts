import { launchProfile } from '@confab/web/e2e/browser';
import type { BrowserContext, Page } from 'playwright-core';

interface Account {
  readonly handle: string;
  readonly password: string;
  /** The name of the room that it sends to. */
  readonly room: string;
  /** Bytes that it sends at most in a second. */
  readonly speed: number;
  /** Where its browser keeps what pages keep. */
  readonly profile: string;
}

/** The web app in a browser, in a room. */
export class UploadingTab {
  readonly #browser: BrowserContext;
  readonly #page: Page;

  private constructor(browser: BrowserContext, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(url: string, { room, speed, profile, ...account }: Account): Promise<UploadingTab> {
    const browser = await launchProfile(profile, { viewport: { width: 1_280, height: 800 }, baseURL: url });
    const page = await browser.newPage();
    const network = await browser.newCDPSession(page);
    const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: speed };
    await network.send('Network.emulateNetworkConditions', conditions);
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
    await this.#page.getByRole('region', { name: 'Attached files' }).waitFor();
    await this.#page.getByRole('textbox', { name: /^Message / }).press('Enter');
  }

  /** Resolves with how often the browser asked whether that is meant: something would be lost. */
  async reload(): Promise<number> {
    let asked = 0;
    this.#page.on('dialog', (dialog) => {
      asked += 1;
      void dialog.accept();
    });
    await this.#page.reload();
    return asked;
  }

  /** What it shows of the last message. */
  async shows(): Promise<string> {
    return this.#page.getByRole('article').last().innerText();
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}
