import { afterAll, beforeAll, expect, test } from 'vitest';
import { composer, openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

/** A blue square. */
const square = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR42mNgCHiAFTEMLQkAQYtJgRHxrhgAAAAASUVORK5CYII=';

let stage: Stage;
let ada: Visitor;
let bo: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo');
  await openRoom(bo.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

test('a space has emoji of its own: written, suggested, reacted with, and text again when they are gone', async () => {
  await ada.page.goto('/space');
  await ada.page.getByRole('button', { name: 'Add an emoji' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Add an emoji' });
  const file = { name: 'Blue Jig.png', mimeType: 'image/png', buffer: Buffer.from(square, 'base64') };
  await dialog.locator('input[type=file]').setInputFiles(file);
  await expect.poll(() => dialog.getByLabel('Name').inputValue()).toBe('blue-jig');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await ada.page.getByRole('button', { name: 'Rename :blue-jig:' }).waitFor();

  await openRoom(ada.page, 'general');
  await say(ada.page, 'The :blue-jig: is done, the :red-jig: is not');
  const picture = bo.page.getByRole('article').getByRole('img', { name: ':blue-jig:' });
  await picture.waitFor();
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(8);
  await bo.page.getByText('is done, the :red-jig: is not').waitFor();

  await composer(bo.page).pressSequentially(':blue-j');
  await bo.page.getByRole('option', { name: ':blue-jig:' }).click();
  expect(await composer(bo.page).inputValue()).toBe(':blue-jig: ');
  await composer(bo.page).fill('');
  await bo.page.getByRole('article').last().hover();
  await bo.page.getByRole('article').last().getByRole('button', { name: 'Add a reaction' }).click();
  await bo.page.getByRole('dialog', { name: 'Emoji' }).getByRole('button', { name: ':blue-jig:' }).click();
  await ada.page.getByRole('button', { name: ':blue-jig: 1: Bo' }).getByRole('img').waitFor({ state: 'attached' });

  await ada.page.goto('/space');
  await ada.page.getByRole('button', { name: 'Remove :blue-jig:' }).click();
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await bo.page.getByText('The :blue-jig: is done').waitFor();
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 180_000);
