import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { invite, openRoom, say, setUp, type Visitor, visitor } from './people.ts';
import { firstRun, type Place, screens } from './screens.ts';
import { ServerUnderTest } from './server-under-test.ts';

const themes = ['light', 'dark'] as const;
const desk = { viewport: { width: 1_280, height: 800 } };

let browser: Browser;
let server: ServerUnderTest;
let owner: Visitor;
let stranger: Visitor;
let place: Place;

beforeAll(async () => {
  server = await ServerUnderTest.start();
  browser = await launchBrowser();
  owner = await visitor(browser, server.url, desk);
  stranger = await visitor(browser, server.url, desk);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
}

test('axe finds what is wrong on a page that is wrong', async () => {
  const page = await stranger.context.newPage();
  await page.setContent('<html lang="en"><title>Wrong</title><main><h1>Wrong</h1><img src="data:,"></main></html>');
  expect(await violations(page)).toEqual([expect.stringContaining('image-alt')]);
  await page.close();
});

test.each(themes)('the first run has no violations in %s', async (theme) => {
  await stranger.page.emulateMedia({ colorScheme: theme });
  await firstRun.open(stranger.page, { room: '', join: '' });
  expect(await violations(stranger.page)).toEqual([]);
});

describe('after the first run', () => {
  beforeAll(async () => {
    await setUp(owner.page, 'Ada', 'Joinery');
    const join = new URL(await invite(owner.page)).pathname;
    await openRoom(owner.page, 'general');
    for (const text of ['**Hello** `everyone`', '- [x] one\n- [ ] two', '```\ncode\n```', '> quoted', 'مرحبا']) {
      await say(owner.page, text);
    }
    place = { room: new URL(owner.page.url()).pathname, join };
  }, 60_000);

  const cases = screens.flatMap((screen) => themes.map((theme) => ({ ...screen, theme })));

  test.each(cases)('$name has no violations in $theme', async ({ signedIn, open, theme }) => {
    const { page } = signedIn ? owner : stranger;
    await page.emulateMedia({ colorScheme: theme });
    await open(page, place);
    expect(await violations(page)).toEqual([]);
  });
});
