import { afterAll, beforeAll, expect, test } from 'vitest';
import { composer, openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
let bo: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await openRoom(ada.page, 'general');
  await bo.page.goto(ada.page.url());
  await composer(bo.page).waitFor();
}, 720_000);

afterAll(() => stage?.close());

test('two people react, see who did, and take it back', async () => {
  await say(ada.page, 'The glue is dry.');
  await ada.page.getByRole('article').last().hover();
  await ada.page.getByRole('button', { name: 'React with 🎉' }).click();
  await ada.page.getByRole('button', { name: '🎉 1: You' }).waitFor();
  await bo.page.getByRole('button', { name: '🎉 1: Ada' }).tap();
  await bo.page.getByRole('button', { name: '🎉 2: You and Ada' }).waitFor();
  const both = ada.page.getByRole('button', { name: '🎉 2: You and Bo' });
  await both.click({ button: 'right' });
  const dialog = ada.page.getByRole('dialog', { name: 'Reactions' });
  await dialog.getByRole('listitem').nth(1).waitFor();
  expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual(['Ada', 'Bo']);
  await ada.page.keyboard.press('Escape');
  await both.click();
  await bo.page.getByRole('button', { name: '🎉 1: You' }).waitFor();
  await ada.page.getByRole('button', { name: '🎉 1: Bo' }).waitFor();
}, 180_000);

test('an emoji is found by its name, with the keyboard alone', async () => {
  await ada.page.getByRole('article').last().focus();
  await ada.page
    .getByRole('toolbar', { name: 'Message actions' })
    .getByRole('button', { name: 'Add a reaction' })
    .focus();
  await ada.page.keyboard.press('Enter');
  await ada.page.getByRole('dialog', { name: 'Emoji' }).getByRole('gridcell').first().waitFor();
  await ada.page.keyboard.type('rocket');
  await ada.page.getByRole('option', { name: 'rocket', selected: true }).waitFor();
  await ada.page.keyboard.press('Enter');
  await bo.page.getByRole('button', { name: '🚀 1: Ada' }).waitFor();
  expect(
    await ada.page
      .getByRole('article')
      .last()
      .evaluate((row) => row.contains(document.activeElement)),
  ).toBe(true);
}, 180_000);

test('names, rooms, emoji and commands are suggested where one writes', async () => {
  const field = composer(ada.page);
  await field.click();
  await field.pressSequentially('hello @b');
  await ada.page.getByRole('option', { name: /^Bo/ }).waitFor();
  await field.press('Enter');
  expect(await field.inputValue()).toBe('hello @bo ');
  await field.pressSequentially('#gen');
  await ada.page.getByRole('option', { name: /^general/ }).click();
  await field.pressSequentially(':tada');
  await ada.page.getByRole('option', { name: ':tada:' }).waitFor();
  await field.press('Escape');
  expect(await ada.page.getByRole('option').count()).toBe(0);
  await field.pressSequentially(':');
  await ada.page.waitForFunction(() => document.querySelector('textarea')?.value.endsWith('🎉'));
  expect(await field.inputValue()).toBe('hello @bo #general 🎉');
  await field.press('Enter');
  await bo.page.getByRole('article').last().getByRole('link', { name: '#general' }).waitFor();

  await field.press('/');
  await ada.page.getByRole('option', { name: /^topic/ }).waitFor();
  // Faster than the list follows.
  await field.pressSequentially('topi');
  await field.press('Tab');
  await field.pressSequentially('Wood and glue');
  await field.press('Enter');
  await bo.page.getByText('Ada set the topic').waitFor();
  await field.pressSequentially('/nonsense');
  await field.press('Enter');
  await ada.page.getByText('There is no command /nonsense.').waitFor();
  expect(await field.inputValue()).toBe('/nonsense');
  await field.fill('');
}, 180_000);

test('code, formulas and spoilers show as they are meant, and nobody’s page complained', async () => {
  await composer(ada.page).fill('The butler ||did it||, $E = mc^2$\n```ts\nconst a = 1;\n```');
  await composer(ada.page).press('Enter');
  const message = bo.page.getByRole('article').last();
  await message.locator('.katex').first().waitFor();
  await message.locator('[data-code="keyword"]').first().waitFor();
  expect(await message.getByText('did it').count()).toBe(0);
  await message.getByRole('button', { name: 'Show the spoiler' }).tap();
  await message.getByText('did it').waitFor();
  await message.getByRole('button', { name: 'Copy code' }).tap();
  expect(await bo.page.evaluate(() => navigator.clipboard.readText())).toBe('const a = 1;');
  await composer(ada.page).press('ArrowUp');
  await ada.page.getByRole('textbox', { name: 'Edit message' }).waitFor();
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 180_000);
