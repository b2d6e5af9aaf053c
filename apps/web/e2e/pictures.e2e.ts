import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './axe-violations.ts';
import { openRoom, say, type Visitor } from './people.ts';
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
  await say(ada.page, 'Good morning');
  await bo.page.getByText('Good morning').waitFor();
}, 720_000);

afterAll(() => stage?.close());

/** A picture of three squares side by side: red, green, blue. */
async function threeColours(page: Page) {
  const data = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 300;
    canvas.height = 100;
    const pen = canvas.getContext('2d');
    for (const [index, colour] of ['#f00', '#0f0', '#00f'].entries()) {
      if (pen) pen.fillStyle = colour;
      pen?.fillRect(index * 100, 0, 100, 100);
    }
    return canvas.toDataURL('image/png');
  });
  const buffer = Buffer.from(data.slice(data.indexOf(',') + 1), 'base64');
  return { name: 'colours.png', mimeType: 'image/png', buffer };
}

/** What colour the middle of something drawn has. */
const colourOf = (drawn: Locator) =>
  drawn.evaluate((element: HTMLCanvasElement | HTMLImageElement) => {
    const canvas = document.createElement('canvas');
    canvas.width = 3;
    canvas.height = 3;
    const pen = canvas.getContext('2d');
    pen?.drawImage(element, 0, 0, 3, 3);
    const [red = 0, green = 0, blue = 0] = pen?.getImageData(1, 1, 1, 1).data ?? [];
    return ['red', 'green', 'blue'][[red, green, blue].indexOf(Math.max(red, green, blue))];
  });

const field = ({ page }: Visitor) => page.getByRole('region', { name: 'Picture' });
const cut = (who: Visitor) => field(who).getByRole('application', { name: 'Part of the picture' });
const pictures = (inside: Locator) => inside.locator('img[data-drawn][src^="/api/v1/pictures/"]');
const save = async (who: Visitor) => {
  await field(who).getByRole('button', { name: 'Save picture' }).click();
  await cut(who).waitFor({ state: 'detached' });
};
const choose = async (who: Visitor) =>
  field(who)
    .locator('input[type=file]')
    .setInputFiles(await threeColours(who.page));
const article = () => bo.page.getByRole('article').filter({ hasText: 'Good morning' });
const list = () => bo.page.getByRole('navigation', { name: 'Rooms' });

test('a person cuts a picture of their own with keys or a mouse, and others see it at once', async () => {
  await ada.page.goto('/settings/profile');
  expect(await article().locator('img').count()).toBe(0);
  await choose(ada);
  await cut(ada).waitFor();
  expect(await cut(ada).evaluate((stage) => document.activeElement === stage)).toBe(true);
  const drawn = cut(ada).locator('canvas');
  expect(await colourOf(drawn)).toBe('green');
  for (let times = 0; times < 20; times += 1) await ada.page.keyboard.press('ArrowRight');
  await expect.poll(() => colourOf(drawn)).toBe('blue');
  const box = await cut(ada).boundingBox();
  if (!box) throw new Error('Nothing is shown.');
  await ada.page.mouse.move(box.x + 10, box.y + box.height / 2);
  await ada.page.mouse.down();
  await ada.page.mouse.move(box.x + 10 + box.width * 3, box.y + box.height / 2, { steps: 5 });
  await ada.page.mouse.up();
  await expect.poll(() => colourOf(drawn)).toBe('red');
  await ada.page.keyboard.press('+');
  await expect.poll(() => field(ada).getByLabel('Zoom', { exact: true }).inputValue()).toBe('1.2');
  expect(await violations(ada.page)).toEqual([]);
  await save(ada);

  const seen = pictures(article());
  await seen.waitFor();
  expect(await seen.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(512);
  expect(await colourOf(seen)).toBe('red');
  await pictures(ada.page.getByRole('button', { name: 'Your account: Ada' })).waitFor();
  const focused = field(ada).getByRole('button', { name: 'Choose a picture' });
  expect(await focused.evaluate((button) => document.activeElement === button)).toBe(true);
}, 270_000);

test('a file that is no picture is said to be none', async () => {
  const file = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('These are notes.') };
  await field(ada).locator('input[type=file]').setInputFiles(file);
  await field(ada).getByText('This file cannot be shown as a picture').waitFor();
  expect(await cut(ada).count()).toBe(0);
}, 90_000);

test('initials stand where a picture cannot be had', async () => {
  const picture = article().locator('img');
  await bo.page.route('**/api/v1/pictures/**', (route) => route.abort());
  await bo.page.reload();
  await article().waitFor();
  const avatar = article().locator('[data-initials="A"]');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete)).toBe(true);
  expect(await picture.getAttribute('data-drawn')).toBeNull();
  expect(await avatar.count()).toBe(1);
  await bo.page.unroute('**/api/v1/pictures/**');
  await bo.page.reload();
  await pictures(article()).waitFor();
}, 180_000);

test('a room’s picture stands at its name, and the room says who changed it', async () => {
  await ada.page.goto('/');
  await openRoom(ada.page, 'general');
  await ada.page.getByRole('button', { name: 'Room menu' }).click();
  await ada.page.getByRole('menuitem', { name: /settings/i }).click();
  const dropped = await ada.page.evaluateHandle(
    ({ bytes, name }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], name, { type: 'image/png' }));
      return data;
    },
    { bytes: [...(await threeColours(ada.page)).buffer], name: 'colours.png' },
  );
  await field(ada).dispatchEvent('dragover', { dataTransfer: dropped });
  await field(ada).dispatchEvent('drop', { dataTransfer: dropped });
  await cut(ada).waitFor();
  await save(ada);
  const link = list().getByRole('link', { name: 'general' });
  await pictures(link).waitFor();
  expect(await colourOf(pictures(link))).toBe('green');
  await bo.page.getByText('Ada changed the picture').waitFor();
  await field(ada).getByRole('button', { name: 'Remove picture' }).click();
  await bo.page.getByText('Ada removed the picture').waitFor();
  await expect.poll(() => link.locator('img').count()).toBe(0);
}, 180_000);

test('a space’s picture stands at its name', async () => {
  await ada.page.goto('/space');
  await choose(ada);
  await cut(ada).waitFor();
  await field(ada).getByRole('button', { name: 'Cancel' }).click();
  expect(await cut(ada).count()).toBe(0);
  await choose(ada);
  await save(ada);
  const menu = bo.page.getByRole('button', { name: /^Space menu/ });
  await pictures(menu).waitFor();
  await field(ada).getByRole('button', { name: 'Remove picture' }).click();
  await expect.poll(() => menu.locator('img').count()).toBe(0);
}, 180_000);

test('a picture that is taken away leaves initials', async () => {
  await ada.page.goto('/settings/profile');
  await field(ada).getByRole('button', { name: 'Remove picture' }).click();
  await expect.poll(() => article().locator('img').count()).toBe(0);
  expect(await field(ada).getByRole('button', { name: 'Remove picture' }).count()).toBe(0);
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 90_000);
