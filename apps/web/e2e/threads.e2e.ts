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
  await openRoom(bo.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

const room = (page: Page) => page.getByRole('region', { name: 'general' });
const thread = (page: Page) => page.getByRole('complementary', { name: 'Thread' });
const message = (within: ReturnType<typeof room>, text: string) =>
  within.getByRole('article').filter({ hasText: text }).first();
const reply = async (page: Page, text: string) => {
  const field = thread(page).getByRole('textbox', { name: 'Reply' });
  await field.fill(text);
  await field.press('Enter');
};
const act = async (within: ReturnType<typeof room>, text: string, action: string) => {
  await message(within, text).hover();
  await message(within, text).getByRole('button', { name: action }).click();
};

test('a question is answered in a thread, which the one who asked hears of, reads and answers', async () => {
  await say(ada.page, 'Which varnish?');
  await message(room(bo.page), 'Which varnish?').waitFor();
  await act(room(bo.page), 'Which varnish?', 'Reply in thread');
  await reply(bo.page, 'The matt one');
  await message(thread(bo.page), 'The matt one').waitFor();

  await room(ada.page)
    .getByRole('button', { name: /1 reply/ })
    .waitFor();
  expect(await room(ada.page).getByText('The matt one').count()).toBe(0);
  const places = ada.page.getByRole('navigation', { name: 'Rooms' });
  await places.getByRole('link', { name: /^Threads.*1 unread$/ }).click();
  await ada.page.getByRole('link', { name: /Which varnish.*The matt one/s }).click();
  await message(thread(ada.page), 'The matt one').waitFor();
  await places.getByRole('link', { name: 'Threads', exact: true }).waitFor();

  await thread(ada.page).getByLabel('Also send to general').check();
  await reply(ada.page, 'Matt it is');
  await message(room(bo.page), 'Matt it is').getByRole('button', { name: 'Replied in a thread' }).waitFor();
  await message(thread(bo.page), 'Matt it is').waitFor();
  await room(bo.page)
    .getByRole('button', { name: /2 replies/ })
    .waitFor();
}, 180_000);

test('a message is quoted, and the quote leads to it', async () => {
  await act(room(bo.page), 'Which varnish?', 'Quote');
  await say(bo.page, 'I ordered two cans');
  const quoting = message(room(ada.page), 'I ordered two cans');
  await quoting.getByRole('button', { name: /Which varnish/ }).click();
  expect(
    await eventually(
      () => Promise.resolve(ada.page.url()),
      (url) => /\/rooms\/[^/]+\/\d+/.test(url),
    ),
  ).toMatch(/\/\d+\?thread=/);
}, 180_000);

test('an edited message shows what it said before', async () => {
  await act(room(ada.page), 'Which varnish?', 'Edit message');
  const field = room(ada.page).getByRole('textbox', { name: /Edit/ });
  await field.fill('Which oil?');
  await field.press('Enter');
  await message(room(bo.page), 'Which oil?').getByRole('button', { name: 'edited' }).click();
  const history = bo.page.getByRole('dialog', { name: 'Earlier versions' });
  await history.getByText('Which varnish?').waitFor();
  const versions = await history.getByRole('listitem').allInnerTexts();
  expect(versions.map((text) => text.split('\n').at(-1))).toEqual(['Which oil?', 'Which varnish?']);
  await bo.page.keyboard.press('Escape');
}, 180_000);

test('a link to a reply opens its thread, and nobody’s page complained', async () => {
  await act(thread(ada.page), 'The matt one', 'More actions');
  await ada.page.getByRole('menuitem', { name: 'Copy link to message' }).click();
  const link = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/rooms\/[^/]+\/messages\/[^/]+$/);
  await bo.page.goto(link);
  await message(thread(bo.page), 'The matt one').waitFor();
  expect(bo.page.url()).toMatch(/\?thread=.*&at=\d+$/);
  await bo.page.goto(link.replace(/[^/]+$/, '01890000-0000-7000-8000-000000000000'));
  await bo.page.getByRole('heading', { name: 'This message cannot be shown' }).waitFor();
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 180_000);
