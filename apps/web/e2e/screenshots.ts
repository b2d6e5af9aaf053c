import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { pageInLanguage } from './page-in-language.ts';
import { password, type Visitor, visitor } from './people.ts';
import { firstRun, type Place, type Screen, screens } from './screens.ts';
import { ServerUnderTest } from './server-under-test.ts';

/**
 * `node apps/web/e2e/screenshots.ts [--language=ar] <folder> [name of a screen …]`: pictures of every screen, with the
 * demo in it, at three widths in both themes.
 */
const sizes = [
  { width: 390, height: 844, hasTouch: true, isMobile: true },
  { width: 820, height: 1_180, hasTouch: true, isMobile: true },
  { width: 1_440, height: 900, hasTouch: false, isMobile: false },
] as const;
const themes = ['light', 'dark'] as const;
const seed = fileURLToPath(new URL('../../cli/seed/main.ts', import.meta.url));

async function signIn(member: Visitor): Promise<void> {
  const page = pageInLanguage(member.page, catalogue);
  await page.goto('/');
  await page.getByLabel('User name').fill('alma');
  await page.getByLabel('Password', { exact: true }).fill(password);
  const home = page.waitForResponse((response) => response.url().endsWith('/account/home') && response.ok());
  await page.getByRole('button', { name: /^Sign in/ }).click();
  await home;
}

/** Asks the server itself, with the session of the page, for what the screens show. */
async function findPlace({ page, context }: Visitor): Promise<Place> {
  const home = await (await context.request.get('/api/v1/account/home')).json();
  const room = home.rooms.find((view: { info: { name: string } }) => view.info.name === 'design');
  const token = await page.evaluate(async (space) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`/api/v1/spaces/${space}/invites`, { method: 'POST', headers, body: '{}' });
    return (await answer.json()).token as string;
  }, home.spaces[0].id);
  return { room: `/rooms/${room.info.id}`, join: `/join/${token}` };
}

/** Every screen at every size in both themes; `arrive` is given a fresh visitor each time and says where things are. */
async function photograph(
  browser: Browser,
  { url, folder, wanted }: { url: string; folder: string; wanted: readonly Screen[] },
  arrive: (member: Visitor) => Promise<Place>,
): Promise<void> {
  for (const { width, height, ...device } of sizes) {
    for (const theme of themes) {
      const options = { viewport: { width, height }, colorScheme: theme, locale: language, ...device };
      const member = await visitor(browser, url, options);
      const stranger = await visitor(browser, url, options);
      const place = await arrive(member);
      for (const screen of wanted) {
        const { page } = screen.signedIn ? member : stranger;
        await shoot(page, screen, place, join(folder, `${screen.name}-${width}-${theme}.png`));
      }
      await member.context.close();
      await stranger.context.close();
    }
  }
}

/** A screen that cannot be reached is said and shown as far as it came: the others go on. */
async function shoot(page: Page, screen: Screen, place: Place, path: string): Promise<void> {
  try {
    await screen.open(pageInLanguage(page, catalogue), place);
    // Pictures and fonts have a moment to come.
    await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => {});
  } catch (error) {
    process.stdout.write(`${path}: ${String(error).split('\n')[0]}\n`);
  }
  await page.screenshot({ path });
}

const {
  positionals: [folder, ...names],
  values: { language },
} = parseArgs({ allowPositionals: true, options: { language: { type: 'string', default: 'en' } } });
const catalogues = new URL('../language/catalogues/', import.meta.url);
const catalogue = language === 'en' ? {} : JSON.parse(readFileSync(new URL(`${language}.json`, catalogues), 'utf8'));

if (folder === undefined) {
  process.stdout.write('Say which folder: node apps/web/e2e/screenshots.ts <folder> [screen …]\n');
  process.exitCode = 1;
} else {
  mkdirSync(folder, { recursive: true });
  const server = await ServerUnderTest.start();
  const browser = await launchBrowser();
  const { url } = server;
  const isWanted = ({ name }: Screen) => names.length === 0 || names.includes(name);
  try {
    await photograph(browser, { url, folder, wanted: [firstRun].filter(isWanted) }, async () => ({
      room: '',
      join: '',
    }));
    const account = ['--handle', 'alma', '--password', password];
    execFileSync(process.execPath, [seed, 'demo', '--url', url, ...account, '--messages', '600']);
    let place: Place | undefined;
    await photograph(browser, { url, folder, wanted: screens.filter(isWanted) }, async (member) => {
      await signIn(member);
      place ??= await findPlace(member);
      return place;
    });
  } finally {
    await browser.close();
    await server.close();
  }
}
