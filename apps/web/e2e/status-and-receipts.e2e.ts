import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
let bo: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo');
  await openRoom(ada.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

const message = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text }).first();
const account = async (page: Page, item: string | RegExp) => {
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const settings = (page: Page) => account(page, 'Settings and sessions');

test('an own message is sent, delivered, and read by those who were there', async () => {
  await bo.page.goto('/settings');
  await say(ada.page, 'The oak has come');
  const own = message(ada.page, 'The oak has come');
  await own.getByRole('button', { name: /^Delivered/ }).waitFor();
  await openRoom(bo.page, 'general');
  await own.getByRole('button', { name: /^Read\./ }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Who has read this' });
  await dialog.getByRole('region', { name: 'Read' }).getByText('Bo').waitFor();
  await dialog.getByText(/^by \d/).waitFor();
  await ada.page.keyboard.press('Escape');
  await own.getByRole('button', { name: /^Read by 1 person/ }).waitFor();
}, 180_000);

test('who turns receipts off is not told of, and is not told', async () => {
  await settings(bo.page);
  await bo.page.getByRole('radio', { name: /Nobody sees yours/ }).check({ force: true });
  await openRoom(bo.page, 'general');
  await say(ada.page, 'It is damp');
  await message(bo.page, 'It is damp').waitFor();
  await ada.page.reload();
  await message(ada.page, 'It is damp').waitFor();
  expect(await ada.page.getByRole('button', { name: /^Read/ }).count()).toBe(0);
  await say(bo.page, 'Turn it over');
  await message(ada.page, 'Turn it over').waitFor();
  await say(ada.page, 'Turned over');
  await message(bo.page, 'Turned over').waitFor();
  expect(await bo.page.getByRole('button', { name: /Show who has read it$/ }).count()).toBe(0);
}, 180_000);

test('a status shows beside one’s name until it is cleared, and a moon while one is not to be disturbed', async () => {
  await account(bo.page, 'Set a status');
  const dialog = bo.page.getByRole('dialog', { name: 'Your status' });
  await dialog.getByRole('button', { name: /At lunch/ }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  const shown = message(ada.page, 'Turn it over').getByRole('img', { name: /^Status: At lunch, until/ });
  await shown.waitFor();

  await settings(bo.page);
  await bo.page.getByRole('button', { name: 'For 1 hour' }).click();
  await message(ada.page, 'Turn it over').getByRole('img', { name: 'Do not disturb' }).waitFor();
  await account(bo.page, 'Change your status');
  await dialog.getByRole('button', { name: 'Clear status' }).click();
  await shown.waitFor({ state: 'detached' });
}, 180_000);

test('what is set on one device holds on the others', async () => {
  const phone = await stage.visitor();
  await phone.context.addCookies(await bo.context.cookies());
  await phone.page.goto('/settings');
  await phone.page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await phone.page.getByRole('radio', { name: 'Large', exact: true }).check({ force: true });
  const look = () => bo.page.evaluate(() => ({ ...document.documentElement.dataset }));
  const seen = await eventually(look, ({ theme, textSize }) => theme === 'dark' && textSize === 'large', 10_000);
  expect(seen).toMatchObject({ theme: 'dark', textSize: 'large' });
  await phone.context.close();
}, 180_000);

test('a pinned message is found again beside the room', async () => {
  await message(ada.page, 'The oak has come').hover();
  await message(ada.page, 'The oak has come').getByRole('button', { name: 'More actions' }).click();
  await ada.page.getByRole('menuitem', { name: 'Pin to room' }).click();
  await message(ada.page, 'The oak has come').getByText('Pinned by Ada').waitFor();
  await openRoom(bo.page, 'general');
  await bo.page.getByRole('button', { name: 'Room menu' }).click();
  await bo.page.getByRole('menuitem', { name: 'Pinned messages' }).click();
  const panel = bo.page.getByRole('complementary', { name: 'Pinned messages' });
  await panel.getByText('The oak has come').waitFor();
  await panel.getByRole('button', { name: 'Unpin message' }).click();
  await panel.getByText('Nothing is pinned').waitFor();
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 180_000);
