import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import {
  composer,
  eventually,
  invite,
  join,
  openRoom,
  password,
  say,
  setUp,
  spoken,
  type Visitor,
  visitor,
} from './people.ts';
import { ServerUnderTest } from './server-under-test.ts';

/** Four people, one of them with two devices: five browsers, each a program of its own. */
let browsers: Browser[] = [];
let server: ServerUnderTest;
let ada: Visitor;
let bo: Visitor;
let bosPhone: Visitor;
let cleo: Visitor;
let dan: Visitor;
let everyone: Visitor[];

/** Tall, so that the whole day is on screen. */
const phone = { viewport: { width: 390, height: 4_000 }, hasTouch: true, isMobile: true };
const tablet = { viewport: { width: 820, height: 4_000 } };
const desk = { viewport: { width: 1_280, height: 4_000 } };

beforeAll(async () => {
  server = await ServerUnderTest.start();
  browsers = await Promise.all(Array.from({ length: 5 }, () => launchBrowser()));
  const kinds = [desk, desk, phone, tablet, phone];
  everyone = await Promise.all(browsers.map((browser, index) => visitor(browser, server.url, kinds[index])));
  [ada, bo, bosPhone, cleo, dan] = everyone as [Visitor, Visitor, Visitor, Visitor, Visitor];
  await setUp(ada.page, 'Ada', 'Joinery');
  await openRoom(ada.page, 'general');
  const link = await invite(ada.page);
  for (const [{ page }, name] of [[bo, 'Bo'] as const, [cleo, 'Cleo'] as const, [dan, 'Dan'] as const]) {
    await join(page, link, name);
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    await page.goto(ada.page.url());
  }
  await bosPhone.page.goto(ada.page.url());
  await bosPhone.page.getByLabel('User name').fill('bo');
  await bosPhone.page.getByLabel('Password', { exact: true }).fill(password);
  await bosPhone.page.getByRole('button', { name: 'Sign in' }).click();
  for (const { page } of everyone) await composer(page).waitFor();
}, 720_000);

afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await server?.close();
});

const room = (page: Page) => page.getByRole('region', { name: 'general' });
const message = (page: Page, text: string) => room(page).getByRole('article').filter({ hasText: text }).first();
const pages = () => everyone.map(({ page }) => page);

async function numbered(by: Visitor, name: string, from: number, to: number): Promise<void> {
  for (let index = from; index <= to; index += 1) await say(by.page, `${name}-${index}`);
}

/** What every browser shows, once each shows as many words. */
const timelines = (count: number) =>
  Promise.all(
    pages().map((page) =>
      eventually(
        () => spoken(page),
        (words) => words.length >= count,
      ),
    ),
  );

test('the morning: all talk at once, the server is killed, a phone is in a tunnel, and all read the same', async () => {
  const talk = (from: number, to: number) =>
    Promise.all([
      numbered(ada, 'ada', from, to),
      numbered(bo, 'bo', from, to),
      numbered(cleo, 'cleo', from, to),
      numbered(dan, 'dan', from, to),
    ]);
  await talk(1, 3);
  await dan.context.setOffline(true);
  await talk(4, 6);
  await server.kill();
  await talk(7, 8);
  await server.comeBack();
  await dan.context.setOffline(false);
  await talk(9, 10);
  const [first = [], ...others] = await timelines(40);
  expect(new Set(first).size).toBe(40);
  for (const name of ['ada', 'bo', 'cleo', 'dan']) {
    expect(first.filter((word) => word.startsWith(name))).toEqual(
      Array.from({ length: 10 }, (_, index) => `${name}-${index + 1}`),
    );
  }
  for (const other of others) expect(other).toEqual(first);
}, 360_000);

test('noon: they vote, react, correct and take back, and every browser shows it', async () => {
  await say(ada.page, 'What shall we bild?');
  await composer(ada.page).press('ArrowUp');
  const edit = ada.page.getByRole('textbox', { name: 'Edit message' });
  await edit.fill('What shall we build?');
  await edit.press('Enter');
  await say(cleo.page, 'A boat, of course');
  for (const page of pages()) await message(page, 'What shall we build?').getByText('edited').waitFor();
  await message(bo.page, 'What shall we build?').hover();
  await message(bo.page, 'What shall we build?').getByRole('button', { name: 'React with 🎉' }).click();
  for (const { page } of [ada, cleo, dan]) await page.getByRole('button', { name: '🎉 1: Bo' }).waitFor();
  await bosPhone.page.getByRole('button', { name: '🎉 1: You' }).waitFor();

  await say(ada.page, '/poll');
  const dialog = ada.page.getByRole('dialog', { name: 'Make a poll' });
  await dialog.getByLabel('Question').fill('Boat or bench?');
  await dialog.getByLabel('Option 1').fill('Boat');
  await dialog.getByLabel('Option 2').fill('Bench');
  await dialog.getByRole('button', { name: 'Post poll' }).click();
  for (const { page } of [ada, bosPhone, cleo, dan]) {
    await page.getByRole('group', { name: /^Poll/ }).getByRole('button', { name: /^Boat/ }).click();
  }
  for (const page of pages()) await page.getByText('4 people voted').waitFor();
  expect(
    await bo.page
      .getByRole('group', { name: /^Poll/ })
      .getByRole('button', { name: /^Boat/ })
      .getAttribute('aria-pressed'),
  ).toBe('true');

  await message(cleo.page, 'A boat, of course').hover();
  await message(cleo.page, 'A boat, of course').getByRole('button', { name: 'More actions' }).click();
  await cleo.page.getByRole('menuitem', { name: 'Delete' }).click();
  await cleo.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  for (const page of pages()) {
    await message(page, 'This message was deleted').waitFor();
    expect(await page.getByText('A boat, of course').count()).toBe(0);
  }
}, 360_000);

test('the afternoon: what is read on the phone is read on the desk, and a private word stays private', async () => {
  await bo.page.goto('/mentions');
  await bosPhone.page.goto('/mentions');
  await say(cleo.page, 'The planks have come, @bo');
  await bo.page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('link', { name: /1 mention/ })
    .waitFor();
  await bosPhone.page.goto(ada.page.url());
  await message(bosPhone.page, 'The planks have come').waitFor();
  await bo.page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('link', { name: 'general', exact: true })
    .waitFor();
  await openRoom(bo.page, 'general');

  await message(ada.page, 'The planks').getByRole('button', { name: 'Cleo', exact: true }).click();
  await ada.page.getByRole('dialog', { name: 'Cleo' }).getByRole('button', { name: 'Message' }).click();
  await say(ada.page, 'A surprise for Dan');
  await cleo.page
    .getByRole('link', { name: /Ada.*1 unread/ })
    .first()
    .waitFor({ state: 'attached' });
  await openRoom(ada.page, 'general');
  for (const { page } of [bo, bosPhone, dan]) expect(await page.getByText('A surprise for Dan').count()).toBe(0);
}, 360_000);

test('the evening: opened anew, every browser shows the same day, and no page complained', async () => {
  const before = await spoken(ada.page);
  for (const page of pages()) await page.reload();
  const shown = await timelines(before.length);
  for (const words of shown) expect(words).toEqual(before);
  for (const page of pages()) {
    await message(page, 'The planks have come').waitFor();
    expect(await page.getByText('4 people voted').count()).toBe(1);
    expect(await page.getByText('A boat, of course').count()).toBe(0);
  }
  expect(everyone.flatMap(({ complaints }) => complaints)).toEqual([]);
}, 360_000);
