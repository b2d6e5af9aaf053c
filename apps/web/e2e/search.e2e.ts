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
  await openRoom(bo.page, 'general');
  await openRoom(ada.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

const panel = (page: Page) => page.getByRole('complementary', { name: 'Search' });
const field = (page: Page) => page.getByRole('searchbox', { name: 'Search messages' });
const results = (page: Page) => panel(page).getByRole('listitem');
const said = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text }).last().waitFor();

test('what was said is found by a part of a word, narrowed, ranked and gone to', async () => {
  for (const text of ['Der Bußgeldbescheid kam gestern', '明日の東京タワーの会議', 'See https://example.com']) {
    await say(bo.page, text);
    await said(bo.page, text);
  }
  await said(ada.page, 'See https://example.com');
  await ada.page.keyboard.press('Control+Shift+F');
  await panel(ada.page).getByText('Find what was said').waitFor();
  await field(ada.page).fill('BESCHEID');
  await field(ada.page).press('Enter');
  await results(ada.page).first().waitFor();
  expect(await results(ada.page).count()).toBe(1);
  expect(await results(ada.page).locator('mark').allInnerTexts()).toEqual(['bescheid']);

  await field(ada.page).fill('東京');
  await field(ada.page).press('Enter');
  await eventually(
    () => results(ada.page).locator('mark').allInnerTexts(),
    ([mark]) => mark === '東京',
  );
  await results(ada.page).getByRole('link').click();
  expect(ada.page.url()).toMatch(/\/rooms\/[^/]+\/\d+\?search=/);
  await ada.page.goBack();
  expect(ada.page.url()).not.toMatch(/\/rooms\/[^/]+\/\d+\?/);
  await results(ada.page).first().waitFor();

  await field(ada.page).fill('');
  await panel(ada.page).getByRole('button', { name: 'Links' }).click();
  await results(ada.page).filter({ hasText: 'example.com' }).waitFor();
  expect(await field(ada.page).inputValue()).toBe('has:link');
  await panel(ada.page).getByRole('button', { name: 'Best match' }).click();
  await results(ada.page).filter({ hasText: 'example.com' }).waitFor();

  await field(ada.page).fill('walnut');
  await field(ada.page).press('Enter');
  await panel(ada.page).getByRole('heading', { name: 'Nothing was found' }).waitFor();
  await field(ada.page).fill('from:nobody');
  await field(ada.page).press('Enter');
  await panel(ada.page).getByText('from:nobody').waitFor();
  await panel(ada.page).getByRole('button', { name: 'Close search' }).click();

  await ada.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Search' }).click();
  await field(ada.page).fill('gestern from:bo');
  await field(ada.page).press('Enter');
  await ada.page
    .getByRole('main')
    .getByRole('link', { name: /gestern/ })
    .click();
  await said(ada.page, 'Bußgeldbescheid');
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 270_000);
