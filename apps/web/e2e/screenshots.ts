import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { password, type Visitor, visitor } from './people.ts';
import { type Place, screens } from './screens.ts';
import { ServerUnderTest } from './server-under-test.ts';

/**
 * `node apps/web/e2e/screenshots.ts <folder> [name of a screen …]`: pictures of every screen, with the demo in it, at
 * three widths in both themes.
 */
const sizes = [
  { width: 390, height: 844, hasTouch: true, isMobile: true },
  { width: 820, height: 1_180, hasTouch: true, isMobile: true },
  { width: 1_440, height: 900, hasTouch: false, isMobile: false },
] as const;
const themes = ['light', 'dark'] as const;
const seed = fileURLToPath(new URL('../../cli/seed/main.ts', import.meta.url));

async function signIn({ page }: Visitor): Promise<void> {
  await page.goto('/');
  await page.getByLabel('User name').fill('alma');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: /^Sign in/ }).click();
  await page.getByRole('navigation', { name: 'Rooms' }).or(page.getByRole('main')).first().waitFor();
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

async function photograph(browser: Browser, url: string, folder: string, wanted: readonly string[]): Promise<void> {
  let place: Place | undefined;
  for (const { width, height, ...device } of sizes) {
    for (const theme of themes) {
      const options = { viewport: { width, height }, colorScheme: theme, ...device };
      const member = await visitor(browser, url, options);
      const stranger = await visitor(browser, url, options);
      await signIn(member);
      place ??= await findPlace(member);
      for (const screen of screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
        const { page } = screen.signedIn ? member : stranger;
        const file = `${screen.name}-${width}-${theme}.png`;
        try {
          await screen.open(page, place);
          // Pictures and fonts have a moment to come.
          await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => {});
        } catch (error) {
          process.stdout.write(`${file}: ${String(error).split('\n')[0]}\n`);
        }
        await page.screenshot({ path: join(folder, file) });
      }
      await member.context.close();
      await stranger.context.close();
    }
  }
}

const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) {
  process.stdout.write('Say which folder: node apps/web/e2e/screenshots.ts <folder> [screen …]\n');
  process.exitCode = 1;
} else {
  mkdirSync(folder, { recursive: true });
  const server = await ServerUnderTest.start();
  const browser = await launchBrowser();
  try {
    const account = ['--handle', 'alma', '--password', password];
    execFileSync(process.execPath, [seed, 'demo', '--url', server.url, ...account, '--messages', '600']);
    await photograph(browser, server.url, folder, wanted);
  } finally {
    await browser.close();
    await server.close();
  }
}
