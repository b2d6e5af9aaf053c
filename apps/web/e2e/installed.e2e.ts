import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { setUp, visitor } from './people.ts';
import { ServerUnderTest } from './server-under-test.ts';

let server: ServerUnderTest;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ServerUnderTest.start(), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('the app can be installed, and opens when the server cannot be reached', async () => {
  const { context, page, complaints } = await visitor(browser, server.url, { serviceWorkers: 'allow' });
  await setUp(page, 'Ada', 'Workshop');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  const protocol = await context.newCDPSession(page);
  const manifest = await protocol.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
  const { installabilityErrors } = await protocol.send('Page.getInstallabilityErrors');
  // The one reason is the private window of the test itself.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);

  await server.kill();
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'The server does not answer' }).waitFor();
  await server.comeBack();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});
