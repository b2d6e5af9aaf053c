import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tray } from './attach.ts';
import { violations } from './axe-violations.ts';
import { launchBrowser } from './browser.ts';
import { composer, eventually, openRoom, password, say, type Visitor, visitor } from './people.ts';
import { Stage } from './stage.ts';

/** A microphone that beeps, and a browser that lets pages use it. */
const beeping = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

let stage: Stage;
let browser: Browser;
let ada: Visitor;
let bo: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  await stage.founder('Ada');
  browser = await launchBrowser(beeping);
  ada = await visitor(browser, stage.server.url);
  const data = { handle: 'ada', password, deliver: 'cookie' };
  await ada.context.request.post('/api/v1/account/sign-in', { headers: { origin: stage.server.url }, data });
  await ada.page.goto('/');
  bo = await stage.member('Bo');
  await openRoom(ada.page, 'general');
  await openRoom(bo.page, 'general');
}, 720_000);

afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const microphone = (page: Page) => page.getByRole('button', { name: 'Record a voice message' });
const recorder = (page: Page) => page.getByRole('group', { name: 'Voice message' });
const timer = (page: Page) => recorder(page).getByRole('timer');

/** Until so many seconds of it are there. */
async function recorded(page: Page, seconds: number): Promise<void> {
  await eventually(
    () => timer(page).innerText(),
    (text) => Number(text.split(':')[1]) >= seconds,
  );
}

interface Posted {
  readonly file: {
    readonly name: string;
    readonly voice?: true;
    readonly durationMs: number;
    readonly waveform: number[];
  };
}

async function posted({ page, context }: Visitor): Promise<Posted[]> {
  const [, , room] = new URL(page.url()).pathname.split('/');
  return (await (await context.request.get(`/api/v1/rooms/${room}/files`)).json()).files;
}

test('a voice message is recorded, paused, listened to, kept over a reload, and sent', async () => {
  const { page } = ada;
  await microphone(page).click();
  await recorded(page, 1);
  await recorder(page).getByRole('button', { name: 'Pause the recording' }).click();
  const paused = await timer(page).innerText();
  expect(await violations(page)).toEqual([]);
  await recorder(page).getByRole('button', { name: 'Go on recording' }).click();
  await recorded(page, Number(paused.split(':')[1]) + 1);
  await recorder(page).getByRole('button', { name: 'Done' }).click();
  await recorder(page).waitFor({ state: 'detached' });
  expect(await composer(page).evaluate((field) => field === document.activeElement)).toBe(true);

  await tray(page).getByRole('button', { name: 'Listen' }).waitFor();
  await page.getByText('1 file is attached and ready.').waitFor({ state: 'attached' });
  await page.reload();
  const place = tray(page).getByRole('slider', { name: 'Place in the recording' });
  await place.waitFor();
  await tray(page).getByRole('button', { name: 'Listen' }).click();
  await eventually(
    () => place.inputValue(),
    (value) => Number(value) > 200,
  );
  await tray(page).getByRole('button', { name: 'Pause' }).click();
  const before = Number(await place.inputValue());
  await place.press('ArrowRight');
  expect(Number(await place.inputValue())).toBeGreaterThan(before);
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await tray(page).waitFor({ state: 'detached' });
  const [voice] = await eventually(
    () => posted(bo),
    (files) => files.length > 0,
  );
  expect(voice?.file).toMatchObject({ voice: true, name: expect.stringMatching(/^Voice message .*\.webm$/) });
  expect(voice?.file.durationMs).toBeGreaterThan(1_500);
  expect(Math.max(...(voice?.file.waveform ?? []))).toBe(100);
}, 270_000);

test('what was recorded says how long it is, so that players can go to any place', async () => {
  const [, , room] = new URL(bo.page.url()).pathname.split('/');
  const files = await (await bo.context.request.get(`/api/v1/rooms/${room}/files`)).json();
  const [duration, durationMs] = await bo.page.evaluate(async ({ id, durationMs: told }) => {
    const sound = new Audio(`/api/v1/files/${id}/content`);
    await new Promise((resolve) => sound.addEventListener('loadedmetadata', resolve, { once: true }));
    return [sound.duration, told];
  }, files.files[0].file);
  expect(Math.abs(duration * 1_000 - durationMs)).toBeLessThan(150);
}, 180_000);

test('with the keyboard alone a voice message is begun, thrown away, and begun again', async () => {
  const { page } = ada;
  await composer(page).focus();
  await microphone(page).focus();
  await page.keyboard.press('Enter');
  await recorded(page, 0);
  await recorder(page).getByRole('button', { name: 'Throw the recording away' }).press('Enter');
  await recorder(page).waitFor({ state: 'detached' });
  expect(await tray(page).count()).toBe(0);
  await microphone(page).press('Enter');
  await recorder(page).waitFor();
  await page.getByRole('button', { name: 'End the recording' }).press('Enter');
  await tray(page).getByRole('button', { name: 'Listen' }).waitFor();
  await say(page, 'with words');
  await bo.page.getByRole('article').filter({ hasText: 'with words' }).waitFor();
  expect((await posted(bo)).length).toBe(2);
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 180_000);

test('somebody without a microphone is told what to do', async () => {
  await microphone(bo.page).click();
  await bo.page
    .getByRole('alert')
    .getByText(/microphone/i)
    .waitFor();
  await bo.page.getByRole('alert').getByRole('button', { name: 'Cancel' }).click();
  await bo.page.getByRole('alert').waitFor({ state: 'detached' });
}, 180_000);
