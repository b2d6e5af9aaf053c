import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './axe-violations.ts';
import { fingersOn } from './fingers.ts';
import { shifted, watchShifts } from './layout-shift.ts';
import { film, movingPicture, pdf, picture, tone, waveform, zip } from './made-files.ts';
import { openRoom, say, type Visitor } from './people.ts';
import { post, roomCalled } from './send-files.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
let ben: Visitor;
let room: string;

const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  ben = await stage.member('Ben');
  room = await roomCalled(ada, 'general');
  await openRoom(ben.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

test('a picture is shown in its proportions, and the gallery steps through those around it', async () => {
  const { page } = ben;
  await post(ada, room, 'one picture', [{ name: 'wide.jpg', bytes: await picture(1_600, 800, 200) }]);
  const three = [
    { name: 'red.jpg', bytes: await picture(600, 600, 0) },
    { name: 'green.jpg', bytes: await picture(600, 900, 120) },
    { name: 'blue.png', bytes: await picture(900, 600, 240, 'png') },
  ];
  await post(ada, room, 'three pictures', three);
  const wide = article(page, 'one picture').getByRole('img', { name: 'wide.jpg' });
  await wide.waitFor();
  const box = await wide.boundingBox();
  expect(box?.height).toBeLessThanOrEqual(360);
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(2, 1);
  await article(page, 'three pictures').getByRole('button', { name: 'red.jpg', exact: true }).click();
  const gallery = dialog(page, 'red.jpg');
  await gallery.getByText('2 of 4').waitFor();
  await page.keyboard.press('ArrowRight');
  await dialog(page, 'green.jpg').getByText('3 of 4').waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await dialog(page, 'wide.jpg').getByText('1 of 4').waitFor();
  const shown = dialog(page, 'wide.jpg').getByRole('img', { name: 'wide.jpg' });
  const small = (await shown.boundingBox())?.width ?? 0;
  await page.keyboard.press('+');
  expect(((await shown.boundingBox())?.width ?? 0) / small).toBeCloseTo(1.5, 1);
  await page.keyboard.press('-');
  await page.mouse.dblclick(640, 1_000);
  expect(((await shown.boundingBox())?.width ?? 0) / small).toBeCloseTo(2.5, 1);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog(page, 'wide.jpg').waitFor({ state: 'detached' });
  const focused = page.locator(':focus');
  expect(await focused.getByRole('img').getAttribute('alt')).toBe('red.jpg');
}, 270_000);

test('fingers swipe through the gallery, zoom and drag what is zoomed', async () => {
  const phone = await stage.again('Ben', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const { page } = phone;
  await openRoom(page, 'general');
  const touch = await fingersOn(page);
  await article(page, 'three pictures').getByRole('button', { name: 'red.jpg', exact: true }).tap();
  await dialog(page, 'red.jpg').getByText('2 of 4').waitFor();
  await touch([[300, 400]], [[80, 410]]);
  await dialog(page, 'green.jpg').getByText('3 of 4').waitFor();
  await touch([[80, 400]], [[300, 410]]);
  await dialog(page, 'red.jpg').getByText('2 of 4').waitFor();
  const shown = dialog(page, 'red.jpg').getByRole('img', { name: 'red.jpg' });
  const before = await shown.boundingBox();
  await touch(
    [
      [170, 422],
      [220, 422],
    ],
    [
      [145, 422],
      [245, 422],
    ],
  );
  const wide = await shown.boundingBox();
  expect((wide?.width ?? 0) / (before?.width ?? 1)).toBeCloseTo(2, 1);
  // Zoomed, a finger moves what is shown and goes to no other.
  await touch([[195, 422]], [[115, 422]]);
  await dialog(page, 'red.jpg').getByText('2 of 4').waitFor();
  expect(((await shown.boundingBox())?.x ?? 0) - (wide?.x ?? 0)).toBeCloseTo(-80, 0);
  expect(phone.complaints).toEqual([]);
}, 180_000);

test('of many pictures five are shown, and how many there are besides', async () => {
  const many = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => ({
      name: `many-${index}.jpg`,
      bytes: await picture(300, 300, index * 40),
    })),
  );
  await post(ada, room, 'eight pictures', many);
  const grid = article(ben.page, 'eight pictures').getByRole('list', { name: 'Pictures' });
  await grid.getByText('+3').waitFor();
  expect(await grid.getByRole('listitem').count()).toBe(5);
}, 180_000);

test('a picture that moves stands still for those who want it so, until they press it', async () => {
  const { page } = ben;
  await post(ada, room, 'it moves', [{ name: 'lamp.gif', bytes: await movingPicture(240, 160) }]);
  const moving = article(page, 'it moves');
  const still = moving.locator('canvas');
  await still.waitFor();
  await moving.getByRole('button', { name: /lamp\.gif.*Play/ }).click();
  await still.waitFor({ state: 'detached' });
  await moving.getByRole('button', { name: 'lamp.gif', exact: true }).click();
  await dialog(page, 'lamp.gif').waitFor();
  await page.keyboard.press('Escape');
}, 180_000);

test('what is no picture after all is a card', async () => {
  const whole = await picture(300, 200, 10, 'png');
  await post(ada, room, 'no pictures', [
    { name: 'half.png', bytes: whole.subarray(0, 120) },
    { name: 'garbled.png', bytes: Buffer.concat([whole.subarray(0, 60), Buffer.alloc(200, 7)]) },
  ]);
  const cards = article(ben.page, 'no pictures');
  await cards.getByRole('link', { name: /half\.png/ }).waitFor();
  await cards.getByRole('link', { name: /garbled\.png/ }).waitFor();
}, 180_000);

test('a sound plays on in another room, and the bar leads back to it', async () => {
  const { page } = ben;
  const about = { durationMs: 30_000, waveform, voice: true };
  await post(ada, room, 'listen to this', [{ name: 'voice.wav', bytes: tone(30), about }]);
  const voice = article(page, 'listen to this');
  await voice.getByText('0:30').waitFor();
  await voice.getByRole('button', { name: 'Play voice.wav' }).click();
  await voice.getByRole('button', { name: 'Pause voice.wav' }).waitFor();
  const bar = page.getByRole('region', { name: 'Now playing' });
  expect(await bar.count()).toBe(0);
  await voice.getByRole('button', { name: 'Speed 1×' }).click();
  await voice.getByRole('slider', { name: 'Position' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => voice.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/^0:(0[5-9]|1\d) of 0:30$/);
  await bar.waitFor({ state: 'detached' });
  await elsewhere(page);
  await bar.getByText('Ada').waitFor();
  await bar.getByRole('button', { name: 'Pause voice.wav' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await bar.getByRole('link').click();
  await voice.getByRole('button', { name: 'Pause voice.wav' }).click();
  await bar.waitFor({ state: 'detached' });
  await voice.getByRole('button', { name: 'Play voice.wav' }).click();
  await elsewhere(page);
  await bar.getByRole('button', { name: 'Stop' }).click();
  await bar.waitFor({ state: 'detached' });
  await openRoom(page, 'general');
}, 180_000);

test('one sound ends another', async () => {
  const { page } = ben;
  await post(ada, room, 'two sounds', [
    { name: 'first.wav', bytes: tone(8) },
    { name: 'second.wav', bytes: tone(9) },
  ]);
  const sounds = article(page, 'two sounds');
  await sounds.getByRole('button', { name: 'Play first.wav' }).click();
  await sounds.getByRole('button', { name: 'Pause first.wav' }).waitFor();
  await sounds.getByRole('button', { name: 'Play second.wav' }).click();
  await sounds.getByRole('button', { name: 'Pause second.wav' }).waitFor();
  expect(await sounds.getByRole('button', { name: 'Play first.wav' }).count()).toBe(1);
  await sounds.getByRole('button', { name: 'Pause second.wav' }).click();
}, 180_000);

test('a video plays in its place, and what cannot be played is a card', async () => {
  const { page } = ben;
  const about = { width: 320, height: 180, durationMs: 1_000 };
  await post(ada, room, 'a film', [{ name: 'film.webm', bytes: await film(ada.page), about }]);
  const shown = article(page, 'a film').locator('video');
  await shown.waitFor();
  const box = await shown.boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(16 / 9, 1);
  expect(await shown.evaluate((video: HTMLVideoElement) => video.play().then(() => video.error))).toBeNull();
  const broken = (await film(ada.page)).subarray(0, 200);
  await post(ada, room, 'a broken film', [{ name: 'broken.webm', bytes: broken, about }]);
  const part = article(page, 'a broken film');
  await part.locator('video, a').first().waitFor();
  await part.locator('video').evaluateAll(startAll);
  await part.getByRole('link', { name: /broken\.webm/ }).waitFor();
}, 180_000);

test('a PDF is read page by page, a text in full, and an archive says what is in it', async () => {
  const { page } = ben;
  const program = `${Array.from({ length: 60 }, (_, line) => `export const line${line} = ${line};`).join('\n')}\n`;
  await post(ada, room, 'papers', [
    { name: 'plan.pdf', bytes: pdf(3) },
    { name: 'lines.ts', bytes: Buffer.from(program) },
    { name: 'things.zip', bytes: zip(['chisel.txt', 'jigs/dovetail.svg']) },
    { name: 'unknown.bin', bytes: Buffer.from([0, 1, 2, 3, 255, 254, 0, 9]) },
  ]);
  const papers = article(page, 'papers');
  await papers.getByRole('button', { name: /^plan\.pdf/ }).click();
  const viewer = dialog(page, 'plan.pdf');
  await viewer.getByText('Page 1 of the plan').waitFor({ state: 'attached' });
  await page.keyboard.press('PageDown');
  await viewer.getByText('Page 2 of the plan').waitFor({ state: 'attached' });
  await viewer.getByText('2 of 3').waitFor();
  expect(await inked(viewer.locator('canvas'))).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });

  await papers.getByText('export const line0').waitFor();
  await papers.getByRole('button', { name: /^lines\.ts/ }).click();
  await dialog(page, 'lines.ts').getByText('line59').waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog(page, 'lines.ts').getByRole('button', { name: 'Copy text' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(program);
  await page.keyboard.press('Escape');

  await papers.getByRole('button', { name: /^things\.zip/ }).click();
  await papers.getByText('jigs/dovetail.svg').waitFor();
  await papers.getByRole('link', { name: /^Download unknown\.bin BIN · 8 bytes/ }).waitFor();
}, 270_000);

test('its sender describes a file and takes it out again; others cannot', async () => {
  const { page } = ada;
  await openRoom(page, 'general');
  await post(ada, room, 'to describe', [{ name: 'box.png', bytes: await picture(400, 300, 30, 'png') }]);
  const mine = article(page, 'to describe');
  await mine.getByRole('img', { name: 'box.png' }).hover();
  await mine.getByRole('button', { name: 'Actions for box.png' }).click();
  await page.getByRole('menuitem', { name: 'Describe' }).click();
  await dialog(page, 'Describe this file').getByLabel('Description').fill('A dovetailed box');
  await dialog(page, 'Describe this file').getByRole('button', { name: 'Save' }).click();
  const theirs = article(ben.page, 'to describe');
  await theirs.getByRole('img', { name: 'A dovetailed box' }).hover();
  await theirs.getByRole('button', { name: 'Actions for box.png' }).click();
  await ben.page.getByRole('menuitem', { name: 'Copy link to file' }).waitFor();
  expect(await ben.page.getByRole('menuitem', { name: 'Remove file' }).count()).toBe(0);
  await ben.page.keyboard.press('Escape');
  await mine.getByRole('img', { name: 'A dovetailed box' }).hover();
  await mine.getByRole('button', { name: 'Actions for box.png' }).click();
  await page.getByRole('menuitem', { name: 'Remove file' }).click();
  await dialog(page, 'Remove this file?').getByRole('button', { name: 'Remove' }).click();
  await theirs.getByRole('img', { name: 'A dovetailed box' }).waitFor({ state: 'detached' });
}, 180_000);

test('quoted, a message without a text says what it is', async () => {
  const { page } = ben;
  await post(ada, room, '', [{ name: 'alone.png', bytes: await picture(200, 200, 300, 'png') }]);
  const alone = page.getByRole('article').filter({ has: page.getByRole('img', { name: 'alone.png' }) });
  await alone.getByRole('img', { name: 'alone.png' }).waitFor();
  await alone.focus();
  await page.keyboard.press('q');
  await say(page, 'nice one');
  await article(page, 'nice one')
    .getByRole('button', { name: /Ada.*Picture/ })
    .waitFor();
}, 180_000);

test('nothing moves when files come, and nothing is wrong with them in either theme', async () => {
  const late = await stage.again('Ben');
  await watchShifts(late.page);
  await late.page.goto('/');
  await openRoom(late.page, 'general');
  await article(late.page, 'papers').getByText('export const line0').waitFor();
  await article(late.page, 'to describe').waitFor();
  expect(await shifted(late.page)).toBeLessThan(0.01);
  for (const colorScheme of ['light', 'dark'] as const) {
    await late.page.emulateMedia({ colorScheme });
    expect(await violations(late.page)).toEqual([]);
  }
  expect([...ada.complaints, ...ben.complaints, ...late.complaints]).toEqual([]);
}, 270_000);

/** A page where the room is not, by a link of the app's own. */
async function elsewhere(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Threads' }).click();
  await page.getByRole('heading', { name: 'Threads', exact: true }).waitFor();
}

/** Whether anything but white was drawn. */
const inked = (canvas: Locator): Promise<boolean> =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const drawn = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data;
    return drawn?.some((value) => value < 250) ?? false;
  });

function startAll(videos: Element[]): void {
  for (const video of videos) if (video instanceof HTMLVideoElement) video.play().catch(() => {});
}
