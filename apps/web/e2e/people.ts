import type { Browser, BrowserContext, Page } from 'playwright-core';

export const password = 'correct horse battery';

/** Tall, so that the whole conversation of a journey is on screen: what is off it is not in the document. */
const tall = { width: 1_280, height: 2_400 };

/** Someone with a browser of their own. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** What the page complained about: uncaught errors and refused resources. */
  complaints: string[];
}

/**
 * What was on its way when the server went. The page reports it and asks again until it is there; what never comes is
 * found missing by whoever waits for it.
 */
const notLoaded = /^(?:Failed to fetch dynamically imported module|Unable to preload CSS)/;

export async function visitor(browser: Browser, url: string, options = {}): Promise<Visitor> {
  // Without the service worker, which would keep the whole app for each of them; its own journey asks for it.
  const serviceWorkers = 'block';
  const given = { viewport: tall, baseURL: url, reducedMotion: 'reduce', serviceWorkers } as const;
  const context = await browser.newContext({ ...given, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => void (notLoaded.test(message) || complaints.push(message)));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/.test(message.text())) complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** First run: makes the account that owns the instance, and its first space. */
export async function setUp(page: Page, name: string, space: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('heading', { name: 'Welcome to Confab' }).waitFor();
  await fillAccount(page, name);
  await page.getByLabel('Name of your space').fill(space);
  await page.getByRole('button', { name: 'Create account and space' }).click();
  await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
}

export async function fillAccount(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('User name').fill(name.toLowerCase());
  await page.getByLabel('Password', { exact: true }).fill(password);
}

/** Makes an invitation and returns its link. */
export async function invite(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Space menu/ }).click();
  await page.getByRole('menuitem', { name: 'Invite people' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite people' });
  await dialog.getByRole('button', { name: /^Create/ }).click();
  const link = await dialog.getByLabel('Invitation link').inputValue();
  await page.keyboard.press('Escape');
  return link;
}

/** Comes in by an invitation's link, with a new account. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await fillAccount(page, name);
  await page.getByRole('button', { name: 'Create account and join' }).click();
}

export async function openRoom(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name }).click();
  await composer(page).waitFor();
}

export const composer = (page: Page) => page.getByRole('textbox', { name: /^Message / });

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** The words of the form `name-number` in the timeline, from top to bottom. */
export async function spoken(page: Page): Promise<string[]> {
  const texts = await page.getByRole('article').allInnerTexts();
  return texts.flatMap((text) => text.match(/\b[a-z]+-\d+\b/g) ?? []);
}

/** Looks again until `done` is true of what is there; after the deadline the last look is returned as it is. */
export async function eventually<T>(
  look: () => Promise<T>,
  done: (value: T) => boolean,
  withinMs = 30_000,
): Promise<T> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const value = await look();
    if (done(value) || performance.now() > deadlineMs) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
