import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attach, bytesFile, tray } from './attach.ts';
import { picture } from './made-files.ts';
import { composer, openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
/** The same person twice. */
let desk: Visitor;
let phone: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  desk = await stage.founder('Ada');
  phone = await stage.again('Ada');
  await openRoom(desk.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

const patience = { timeout: 15_000 };
const rooms = (page: Page) => page.getByRole('navigation', { name: 'Rooms' });
const message = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text }).first();
async function fromMessageMenu(page: Page, text: string, item: string): Promise<void> {
  await message(page, text).hover();
  await message(page, text).getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}
async function chooseSoon(page: Page, title: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByRole('button', { name: /^In 20 minutes/ }).click();
  await dialog.waitFor({ state: 'hidden' });
}

test('what is begun at the desk goes on in the pocket, and is gone there when it is sent', async () => {
  await rooms(phone.page).getByRole('link', { name: 'Saved' }).click();
  await composer(desk.page).fill('The oak is');
  await rooms(phone.page)
    .getByRole('link', { name: /^general.*Draft/ })
    .waitFor();
  await openRoom(phone.page, 'general');
  await expect.poll(() => composer(phone.page).inputValue(), patience).toBe('The oak is');
  await composer(phone.page).fill('The oak is here');
  await expect.poll(() => composer(desk.page).inputValue(), patience).toBe('The oak is here');
  await composer(phone.page).press('Enter');
  await message(desk.page, 'The oak is here').waitFor();
  await expect.poll(() => composer(desk.page).inputValue(), patience).toBe('');
}, 180_000);

test('a message is sent later, changed before, and sent now', async () => {
  await composer(desk.page).fill('Glue-up at nine');
  await desk.page.getByRole('button', { name: 'Send later' }).click();
  await chooseSoon(desk.page, 'Send later');
  expect(await composer(desk.page).inputValue()).toBe('');
  await rooms(phone.page).getByRole('link', { name: 'Scheduled' }).click();
  const waiting = phone.page.getByRole('listitem').filter({ hasText: 'Glue-up at nine' });
  await waiting.getByRole('button', { name: 'Edit' }).click();
  await phone.page.getByRole('textbox', { name: 'Text of the message' }).fill('Glue-up at ten');
  await phone.page.getByRole('button', { name: 'Save' }).click();
  await phone.page.getByText('Glue-up at ten').waitFor();
  await phone.page.getByRole('button', { name: 'Send now' }).click();
  await message(desk.page, 'Glue-up at ten').waitFor();
  await phone.page.getByText('Nothing is scheduled').waitFor();
}, 180_000);

test('a message that is sent later brings its files along, those that were not taken out before', async () => {
  const waiting = phone.page
    .getByRole('listitem')
    .filter({ has: phone.page.getByRole('button', { name: 'Send now' }) });
  const plan = { name: 'plan.png', mimeType: 'image/png', buffer: await picture(320, 200, 200, 'png') };
  await attach(desk.page, plan, bytesFile('notes.bin', 300));
  await desk.page.getByText('2 files are attached and ready.').waitFor({ state: 'attached' });
  await desk.page.getByRole('button', { name: 'Send later', exact: true }).click();
  await chooseSoon(desk.page, 'Send later');
  await tray(desk.page).waitFor({ state: 'detached' });
  await waiting.getByRole('button', { name: /^plan\.png/ }).waitFor();
  await waiting.getByRole('button', { name: 'Edit' }).click();
  await phone.page.getByRole('button', { name: 'Remove notes.bin' }).click();
  await phone.page.getByRole('button', { name: 'Save', exact: true }).click();
  await waiting.getByRole('button', { name: 'Edit' }).waitFor();
  expect(await waiting.getByText('notes.bin').count()).toBe(0);
  await composer(desk.page).fill('/schedule in 2 hours');
  await attach(desk.page, bytesFile('cuts.bin', 300));
  await desk.page.getByText('1 file is attached and ready.').waitFor({ state: 'attached' });
  await composer(desk.page).press('Enter');
  await waiting.getByRole('button', { name: /^cuts\.bin/ }).waitFor();
  await waiting.first().getByRole('button', { name: 'Send now' }).click();
  await desk.page.getByRole('article').last().getByRole('img', { name: 'plan.png' }).waitFor();
  await waiting.getByRole('button', { name: 'Send now' }).click();
  await desk.page.getByRole('article').last().getByText('cuts.bin').waitFor();
  await phone.page.getByText('Nothing is scheduled').waitFor();
}, 180_000);

test('one is reminded of a message, wherever one is, until one is done with it', async () => {
  const { page, context } = desk;
  await fromMessageMenu(page, 'The oak is here', 'Remind me…');
  await chooseSoon(page, 'Remind me');
  // Nobody waits for twenty minutes: its time is set to a moment from now.
  const { reminders } = await (await context.request.get('/api/v1/reminders')).json();
  const data = { dueAt: Date.now() + 1_000 };
  await page.evaluate(
    ([path, body]) => fetch(path, { method: 'PUT', headers: { 'content-type': 'application/json' }, body }),
    [`/api/v1/messages/${reminders[0].message.id}/reminder`, JSON.stringify(data)] as const,
  );
  for (const each of [page, phone.page]) {
    await each.getByRole('region', { name: 'Reminder' }).getByText('The oak is here').waitFor();
  }
  await phone.page.getByRole('region', { name: 'Reminder' }).getByRole('button', { name: 'Done' }).click();
  await page.getByRole('region', { name: 'Reminder' }).waitFor({ state: 'hidden' });
}, 180_000);

test('what one saves is gathered, and leads back to its place', async () => {
  await fromMessageMenu(desk.page, 'Glue-up at ten', 'Save for later');
  await rooms(phone.page).getByRole('link', { name: 'Saved' }).click();
  await phone.page.getByRole('button', { name: 'Add a note' }).click();
  await phone.page.getByRole('textbox', { name: 'Note' }).fill('Tell Bo of it');
  await phone.page.getByRole('button', { name: 'Save', exact: true }).click();
  await phone.page.getByRole('button', { name: 'Change the note' }).waitFor();
  await phone.page.getByRole('link', { name: /Ada.*general.*Glue-up at ten.*Tell Bo of it/s }).click();
  await message(phone.page, 'Glue-up at ten').waitFor();
  await fromMessageMenu(phone.page, 'Glue-up at ten', 'Remove from saved');
  await rooms(desk.page).getByRole('link', { name: 'Saved' }).click();
  await desk.page.getByText('Nothing is saved').waitFor();
}, 180_000);

test('a message can be taken back for as long as one chose', async () => {
  await desk.page.goto('/settings');
  await desk.page.getByText('10 seconds').click();
  await openRoom(desk.page, 'general');
  await say(desk.page, 'The ok is heer');
  await message(desk.page, 'The ok is heer').getByRole('button', { name: 'Undo' }).click();
  expect(await composer(desk.page).inputValue()).toBe('The ok is heer');
  await expect.poll(() => message(desk.page, 'The ok is heer').count(), patience).toBe(0);
  expect(await message(phone.page, 'The ok is heer').count()).toBe(0);
}, 180_000);

test('what one quotes stays in the composer of its room', async () => {
  await openRoom(phone.page, 'general');
  await message(phone.page, 'Glue-up at ten').hover();
  await message(phone.page, 'Glue-up at ten').getByRole('button', { name: 'Quote' }).click();
  await phone.page.getByRole('region', { name: 'Quoted message' }).waitFor();
  await rooms(phone.page).getByRole('link', { name: 'Saved' }).click();
  await openRoom(phone.page, 'general');
  await phone.page.getByRole('region', { name: 'Quoted message' }).getByText('Glue-up at ten').waitFor();
  await phone.page.getByRole('button', { name: 'Do not quote' }).click();
}, 180_000);

test('closing the page sends what could be taken back', async () => {
  await composer(desk.page).fill('');
  await say(desk.page, 'The oak is dry');
  await message(desk.page, 'The oak is dry').getByRole('button', { name: 'Undo' }).waitFor();
  await desk.page.close({ runBeforeUnload: true });
  await message(phone.page, 'The oak is dry').waitFor({ timeout: 8_000 });
  expect([...desk.complaints, ...phone.complaints]).toEqual([]);
}, 180_000);
