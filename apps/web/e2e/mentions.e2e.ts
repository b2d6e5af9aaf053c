import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
let bo: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo');
  await openRoom(ada.page, 'general');
  await openRoom(bo.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

const places = (page: Page) => page.getByRole('navigation', { name: 'Rooms' });
const message = (page: Page, text: string) =>
  page.getByRole('region', { name: 'general' }).getByRole('article').filter({ hasText: text }).first();

test('a mention is counted where one is not, found in the list of mentions, and can be marked unread again', async () => {
  await bo.page.getByRole('link', { name: 'Mentions', exact: true }).click();
  await bo.page.getByText('Nobody has mentioned you yet').waitFor();

  await say(ada.page, 'Morning');
  await say(ada.page, 'The glue is here, @bo');
  await places(bo.page)
    .getByRole('link', { name: /^general ?, 1 mention ?, 2 unread$/ })
    .waitFor();
  await places(bo.page)
    .getByRole('link', { name: /^Mentions.*1 unread$/ })
    .waitFor();
  await bo.page.getByRole('link', { name: /Ada.*general.*The glue is here/s }).click();
  const own = message(bo.page, 'The glue is here').getByRole('button', { name: '@Bo' });
  await own.waitFor();
  await places(bo.page).getByRole('link', { name: 'general', exact: true }).waitFor();
  await message(ada.page, 'The glue is here').getByRole('button', { name: '@Bo' }).click();
  await ada.page.getByRole('dialog').getByRole('heading', { name: 'Bo' }).waitFor();
  await ada.page.keyboard.press('Escape');

  await message(bo.page, 'The glue is here').hover();
  await message(bo.page, 'The glue is here').getByRole('button', { name: 'More actions' }).click();
  await bo.page.getByRole('menuitem', { name: 'Mark as unread' }).click();
  await places(bo.page)
    .getByRole('link', { name: /^general ?, 1 mention ?, 1 unread$/ })
    .waitFor();
  await bo.page.getByText('New messages').waitFor();
}, 180_000);

test('a key leads to the next unread room, and a room can be muted', async () => {
  await places(bo.page).getByRole('link', { name: 'Mentions' }).click();
  await bo.page.keyboard.press('Alt+Shift+ArrowDown');
  await message(bo.page, 'The glue is here').waitFor();
  await places(bo.page).getByRole('link', { name: 'general', exact: true }).waitFor();

  await bo.page.getByRole('button', { name: 'Notifications' }).click();
  await bo.page.getByRole('menuitem', { name: 'Mute for an hour' }).click();
  await bo.page.getByRole('button', { name: 'Notifications, muted' }).waitFor();
  await places(bo.page).getByRole('link', { name: 'Threads' }).click();
  await say(ada.page, 'Just talk');
  await say(ada.page, 'And @room: lunch');
  await places(bo.page)
    .getByRole('link', { name: /^general ?, 1 mention/ })
    .waitFor();
  expect(
    await places(bo.page)
      .getByRole('link', { name: /unread/ })
      .count(),
  ).toBe(1);
}, 180_000);

test('a group of people is made, and mentioned at once', async () => {
  await ada.page.getByRole('button', { name: /^Space menu/ }).click();
  await ada.page
    .getByRole('menuitem', { name: /Members|settings/ })
    .first()
    .click();
  await ada.page.getByRole('button', { name: 'New group' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('The crew');
  await dialog.getByLabel('Handle').fill('crew');
  await dialog.getByRole('button', { name: /^Bo/ }).click();
  await dialog.getByRole('button', { name: 'Make group' }).click();
  await ada.page.getByText('@crew · 1 person').waitFor();

  await openRoom(ada.page, 'general');
  await say(ada.page, 'Gather round, @crew');
  await openRoom(bo.page, 'general');
  await message(bo.page, 'Gather round').getByTitle('The crew').waitFor();
}, 180_000);
