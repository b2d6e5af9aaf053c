import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openRoom, say, setUp, type Visitor, visitor } from './people.ts';
import { ServerUnderTest } from './server-under-test.ts';

let browser: Browser;
let server: ServerUnderTest;
let ada: Visitor;

beforeAll(async () => {
  server = await ServerUnderTest.start();
  browser = await launchBrowser();
  ada = await visitor(browser, server.url);
  await setUp(ada.page, 'Ada', 'Joinery');
  await openRoom(ada.page, 'general');
  await say(ada.page, 'to be taken along');
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** What the link with this name brings down, as bytes. */
async function downloaded(name: string): Promise<Buffer> {
  const coming = ada.page.waitForEvent('download');
  await ada.page.getByRole('link', { name }).click();
  return readFileSync(await (await coming).path());
}

test('one takes along what is one’s own, and throws it away again', async () => {
  await ada.page.goto(`${server.url}/settings`);
  await ada.page.getByRole('button', { name: 'Put my data together' }).click();
  const zip = await downloaded('Download Your data');
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  expect(zip.includes('data/account-000001.json')).toBe(true);
  await ada.page.getByRole('button', { name: 'Remove the export of Your data' }).click();
  await ada.page.getByRole('link', { name: 'Download Your data' }).waitFor({ state: 'detached' });
}, 60_000);

test('an admin takes a room along', async () => {
  await openRoom(ada.page, 'general');
  await ada.page.getByRole('button', { name: 'Room menu' }).click();
  await ada.page.getByRole('menuitem', { name: /settings/i }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Room settings' });
  await dialog.getByRole('button', { name: 'Export room' }).click();
  const zip = await downloaded('Download #general');
  expect(zip.includes('data/room-000001.json')).toBe(true);
  expect(zip.includes('messages-00001.html')).toBe(true);
}, 60_000);
