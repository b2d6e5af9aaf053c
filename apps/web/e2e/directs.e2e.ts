import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composer, openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
let bo: Visitor;
let cleo: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo');
  cleo = await stage.member('Cleo');
  await openRoom(bo.page, 'general');
  await openRoom(cleo.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

const places = (page: Page) => page.getByRole('navigation', { name: 'Rooms' });
const place = (page: Page, name: string | RegExp) => places(page).getByRole('link', { name });
const message = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text }).first();
const choose = async (page: Page, ...names: string[]) => {
  for (const name of names)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(`${name}.*@`) })
      .click();
};
const inMenu = async (page: Page, action: string) => {
  await page.getByRole('button', { name: 'Conversation menu' }).click();
  await page.getByRole('menuitem', { name: action }).click();
};

test('from a name one writes to a person, who closes it, and it comes back with the next message', async () => {
  await say(bo.page, 'Anyone there?');
  await openRoom(ada.page, 'general');
  await message(ada.page, 'Anyone there?').getByRole('button', { name: 'Bo' }).click();
  await ada.page.getByRole('dialog', { name: 'Bo' }).getByRole('button', { name: 'Message' }).click();
  await ada.page.getByRole('heading', { level: 1, name: 'Bo' }).waitFor();
  expect(await place(bo.page, 'Ada').count()).toBe(0);
  await say(ada.page, 'Only for you');

  await place(bo.page, /Ada.*1 unread/).click();
  await message(bo.page, 'Only for you').waitFor();
  expect(await bo.page.title()).toMatch(/^Ada · /);
  await inMenu(bo.page, 'Close');
  await place(bo.page, 'Ada').waitFor({ state: 'detached' });
  await say(ada.page, 'One more thing');
  await place(bo.page, /Ada.*1 unread/).waitFor();
  expect(await place(cleo.page, /Ada|Bo/).count()).toBe(0);
}, 180_000);

test('several people talk in a group; who joins later reads what was said or not, as chosen; one leaves', async () => {
  await ada.page.getByRole('button', { name: 'New message' }).click();
  await choose(ada.page, 'Bo', 'Cleo');
  await ada.page.getByRole('button', { name: 'Open group' }).click();
  await ada.page.getByRole('heading', { level: 1, name: 'Bo, Cleo' }).waitFor();
  await say(ada.page, 'Lunch?');
  await place(cleo.page, /Ada, Bo.*1 unread/).click();
  await message(cleo.page, 'Lunch?').waitFor();
  await inMenu(cleo.page, 'Group settings');
  await cleo.page.getByLabel('Name').fill('Lunch club');
  await cleo.page.getByRole('button', { name: 'Save' }).click();
  await ada.page.getByRole('heading', { level: 1, name: 'Lunch club' }).waitFor();
  await inMenu(cleo.page, 'Leave group');
  await cleo.page.getByRole('button', { name: 'Leave', exact: true }).click();
  await place(cleo.page, 'Lunch club').waitFor({ state: 'detached' });

  await inMenu(ada.page, 'Add people');
  await choose(ada.page, 'Cleo');
  await ada.page.getByRole('button', { name: 'Add', exact: true }).click();
  await place(cleo.page, 'Lunch club').click();
  await message(cleo.page, 'Lunch?').waitFor();
}, 180_000);

test('whom one blocks writes no more, and what they wrote elsewhere is folded', async () => {
  await place(bo.page, 'Ada').click();
  await inMenu(bo.page, 'Profile');
  await bo.page.getByRole('button', { name: 'Block' }).click();
  await bo.page.getByRole('dialog', { name: 'Block Ada?' }).getByRole('button', { name: 'Block' }).click();
  await bo.page.getByText('You blocked Ada.').waitFor();
  await place(ada.page, 'Bo').first().click();
  await say(ada.page, 'Hello again');
  await ada.page.getByText('This person does not take messages from you.').waitFor();

  await openRoom(ada.page, 'general');
  await say(ada.page, 'To everyone');
  await openRoom(bo.page, 'general');
  const folded = bo.page.getByRole('article').filter({ hasText: 'Message of someone you blocked.' });
  await folded.getByRole('button', { name: 'Show' }).click();
  await message(bo.page, 'To everyone').waitFor();
  await bo.page.goto('/settings');
  await bo.page.getByRole('button', { name: 'Unblock Ada' }).click();
  await openRoom(ada.page, 'Bo');
  await say(ada.page, 'Thank you');
  await place(bo.page, /Ada.*unread/).waitFor();
  expect(await composer(ada.page).inputValue()).toBe('');
  expect([...ada.complaints, ...bo.complaints, ...cleo.complaints]).toEqual([]);
}, 180_000);
