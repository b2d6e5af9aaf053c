import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composer, invite, join, openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
let ben: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  ben = await stage.visitor();
}, 720_000);

afterAll(() => stage?.close());

const poll = (page: Page) => page.getByRole('group', { name: /^Poll/ }).last();
const option = (page: Page, name: RegExp) => poll(page).getByRole('button', { name });

test('whoever joins a space is welcomed once', async () => {
  await ada.page.goto('/space');
  const text = ada.page.getByRole('textbox', { name: 'Message' });
  await text.fill('Read **the rules** first.');
  await ada.page.locator('form').filter({ has: text }).getByRole('button', { name: 'Save' }).click();
  await ada.page.getByText('Whoever joins from now on sees this first.').waitFor();
  await join(ben.page, await invite(ada.page), 'Ben');
  const card = ben.page.getByRole('region', { name: 'Welcome to Joinery' });
  await card.getByText('the rules').waitFor();
  await card.getByRole('button', { name: 'Got it' }).click();
  await card.waitFor({ state: 'detached' });
  await ben.page.reload();
  await composer(ben.page).waitFor();
  expect(await card.count()).toBe(0);
}, 180_000);

test('a poll is made from the composer, voted on by keyboard, and closed', async () => {
  await openRoom(ada.page, 'general');
  await openRoom(ben.page, 'general');
  await ada.page.getByRole('button', { name: 'Add something' }).click();
  await ada.page.getByRole('menuitem', { name: 'Make a poll' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Make a poll' });
  await dialog.getByLabel('Question').fill('Oak or ash?');
  await dialog.getByLabel('Option 1').fill('Oak');
  await dialog.getByLabel('Option 2').fill('oak');
  await dialog.getByText('This option is there twice.').first().waitFor();
  expect(await dialog.getByRole('button', { name: 'Post poll' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Option 2').fill('Ash');
  await dialog.getByRole('button', { name: 'Post poll' }).click();
  await option(ben.page, /^Ash/).focus();
  await ben.page.keyboard.press('Enter');
  await option(ada.page, /^Ash.*1 vote$/).waitFor();
  await option(ada.page, /^Ash/).click();
  await poll(ben.page).getByText('2 people voted').waitFor();
  expect(await option(ben.page, /^Ash/).getAttribute('aria-pressed')).toBe('true');
  await option(ben.page, /^Oak/).click();
  await option(ada.page, /^Oak.*1 vote$/).waitFor();
  await poll(ada.page).getByRole('button', { name: 'Close poll' }).click();
  await ada.page.getByRole('dialog', { name: 'Close this poll?' }).getByRole('button', { name: 'Close poll' }).click();
  await poll(ben.page)
    .getByText(/^Closed on/)
    .waitFor();
  expect(await option(ben.page, /^Ash/).isDisabled()).toBe(true);
}, 180_000);

test('a command that cannot be understood says so, and is still there to be put right', async () => {
  const { page } = ben;
  await say(page, '/mute for ever');
  await page.getByText('Write how long after /mute').waitFor();
  expect(await composer(page).inputValue()).toBe('/mute for ever');
  await composer(page).fill('/mute ');
  await page.getByRole('option', { name: /^in 3 hours/ }).click();
  await composer(page).press('Enter');
  await page.getByText('You hear nothing of this room until').waitFor();
  await say(page, '//mute is a command');
  await page.getByRole('article').filter({ hasText: '/mute is a command' }).waitFor();
  await say(page, '/remind me to sharpen the chisels tomorrow at 9');
  await page.getByText('You will be reminded on').waitFor();
  expect(ben.complaints).toEqual([]);
}, 180_000);
