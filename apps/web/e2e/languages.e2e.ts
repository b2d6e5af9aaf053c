import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageInLanguage } from './page-in-language.ts';
import { eventually, openRoom, password, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

const catalogueOf = (language: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(new URL(`../language/catalogues/${language}.json`, import.meta.url), 'utf8'));

let stage: Stage;
let ada: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
}, 720_000);

afterAll(() => stage?.close());

const spoken = (page: Page) => page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`);

const languageOf = async ({ context }: Visitor): Promise<unknown> =>
  (await (await context.request.get('/api/v1/account/home')).json()).settings.language;

/** Middle of an element, from the left edge of the page. CSS pixels. */
async function middle(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).first().boundingBox();
  return box === null ? Number.NaN : box.x + box.width / 2;
}

test('a page speaks what its browser asks for from its first moment, refusals and all', async () => {
  const bo = await stage.visitor({ locale: 'de-AT' });
  const page = pageInLanguage(bo.page, catalogueOf('de'));
  await page.goto('/');
  await page.getByRole('heading', { name: 'Sign in to Joinery' }).waitFor();
  expect(await spoken(page)).toBe('de ltr');
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill('something else');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('That name and password do not match an account here.').waitFor();
  expect(bo.complaints).toEqual([]);
});

test('one’s first app says what one reads; another language is spoken at once, on all of one’s devices', async () => {
  const bo = await stage.member('Bo', { locale: 'de' });
  const page = pageInLanguage(bo.page, catalogueOf('de'));
  expect(
    await eventually(
      () => languageOf(bo),
      (language) => language === 'de',
    ),
  ).toBe('de');
  await openRoom(page, 'general');
  await say(page, 'Guten Morgen');
  await page.getByRole('article').filter({ hasText: 'Guten Morgen' }).first().waitFor();

  const english = await stage.again('Bo');
  await pageInLanguage(english.page, catalogueOf('de')).getByRole('navigation', { name: 'Rooms' }).waitFor();
  expect(await spoken(english.page)).toBe('de ltr');

  await page.getByRole('button', { name: 'Your account: Bo' }).click();
  await page.getByRole('menuitem', { name: 'Settings and sessions' }).click();
  const loaded = await bo.page.evaluate(() => performance.timeOrigin);
  await page.getByLabel('Language').selectOption('ar');
  for (const device of [bo, english]) {
    await pageInLanguage(device.page, catalogueOf('ar')).getByRole('navigation', { name: 'Rooms' }).waitFor();
    expect(await spoken(device.page)).toBe('ar rtl');
  }
  expect(await bo.page.evaluate(() => performance.timeOrigin)).toBe(loaded);
  expect(await languageOf(bo)).toBe('ar');
  // Settings are still what is on the page, and the list of rooms stands where one begins to read.
  const arabic = pageInLanguage(bo.page, catalogueOf('ar'));
  await arabic.getByRole('heading', { name: 'Appearance' }).waitFor();
  expect(await middle(bo.page, 'nav')).toBeGreaterThan(await middle(bo.page, 'main'));
  await openRoom(arabic, 'general');
  await say(arabic, 'صباح الخير');
  await openRoom(ada.page, 'general');
  await ada.page.getByRole('article').filter({ hasText: 'صباح الخير' }).waitFor();
  expect([...bo.complaints, ...english.complaints]).toEqual([]);
}, 270_000);

test('what the page is read in is chosen before one signs in', async () => {
  const someone = await stage.visitor();
  await someone.page.goto('/');
  await someone.page.getByLabel('Language').selectOption('ja');
  const page = pageInLanguage(someone.page, catalogueOf('ja'));
  await page.getByRole('heading', { name: 'Sign in to Joinery' }).waitFor();
  expect(await spoken(someone.page)).toBe('ja ltr');
  await someone.page.reload();
  await page.getByRole('heading', { name: 'Sign in to Joinery' }).waitFor();
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
  // Ada has not said what she reads: what she chose here is it.
  expect(
    await eventually(
      () => languageOf(someone),
      (language) => language === 'ja',
    ),
  ).toBe('ja');
});
