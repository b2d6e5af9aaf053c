import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rulesOfColour, violations } from './axe-violations.ts';
import { pdf, picture, tone, waveform, zip } from './made-files.ts';
import { composer, eventually, openRoom, say, type Visitor } from './people.ts';
import { post, roomCalled } from './send-files.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
let bo: Visitor;
let room: string;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo');
  await openRoom(bo.page, 'general');
  await openRoom(ada.page, 'general');
  room = await roomCalled(ada, 'general');
}, 720_000);

afterAll(() => stage?.close());

const panel = (page: Page) => page.getByRole('complementary', { name: 'Files' });
const rows = (page: Page) => panel(page).getByRole('listitem');
/** The names that are listed, read in one moment. */
const names = (page: Page) =>
  rows(page)
    .locator('bdi[title]')
    .evaluateAll((all) => all.map((each) => each.getAttribute('title')).join('\n'));
const listed = async (page: Page, wanted: readonly string[]) => {
  const all = wanted.join('\n');
  expect(
    await eventually(
      () => names(page),
      (found) => found === all,
    ),
  ).toBe(all);
};
const kind = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true });

test('says what it is for while nothing was sent, by a key, a command and the menu', async () => {
  const { page } = ada;
  await page.getByRole('main').focus();
  await page.keyboard.press('d');
  await panel(page).getByRole('heading', { name: 'No files yet' }).waitFor();
  expect(page.url()).toMatch(/\?panel=files$/);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'detached' });
  await say(page, '/files');
  await panel(page).waitFor();
  await panel(page).getByRole('button', { name: 'Close files' }).click();
  await page.getByRole('button', { name: 'Room menu' }).click();
  await page.getByRole('menuitem', { name: 'Files' }).click();
  await panel(page).getByRole('heading', { name: 'No files yet' }).waitFor();
});

test('fills while one looks, and is narrowed by kind, by name as one types, and by person', async () => {
  const { page } = ada;
  await post(bo, room, 'The plan', [{ name: 'plan-b.pdf', bytes: pdf(2) }]);
  await listed(page, ['plan-b.pdf']);
  await post(ada, room, '', [
    { name: 'Straße am See.jpg', bytes: await picture(640, 480, 200) },
    { name: 'notes.txt', bytes: Buffer.from('What we said.\n') },
  ]);
  await post(bo, room, 'Some more', [
    { name: 'tone.wav', bytes: tone(2), about: { durationMs: 2_000, waveform } },
    { name: 'papers.zip', bytes: zip(['a.txt', 'b.txt']) },
  ]);
  const all = ['tone.wav', 'papers.zip', 'Straße am See.jpg', 'notes.txt', 'plan-b.pdf'];
  await listed(page, all);
  await kind(page, 'Documents').click();
  await listed(page, ['notes.txt', 'plan-b.pdf']);
  await kind(page, 'Sound').click();
  await listed(page, ['tone.wav']);
  await kind(page, 'Other').click();
  await listed(page, ['papers.zip']);
  await kind(page, 'All').click();
  await panel(page).getByRole('searchbox').fill('STRAßE');
  await listed(page, ['Straße am See.jpg']);
  await panel(page).getByRole('searchbox').fill('walnut');
  await panel(page).getByRole('heading', { name: 'Nothing was found' }).waitFor();
  await panel(page).getByRole('button', { name: 'Show all files' }).click();
  await listed(page, all);
  await panel(page).getByLabel('Sent by').selectOption({ label: 'Bo' });
  await listed(page, ['tone.wav', 'papers.zip', 'plan-b.pdf']);
  await panel(page).getByLabel('Sent by').selectOption({ label: 'Sent by anyone' });
  await kind(page, 'Pictures').click();
  await panel(page)
    .getByRole('button', { name: /^Straße am See/ })
    .click();
  await page.getByRole('dialog', { name: 'Straße am See.jpg' }).waitFor();
  await page.keyboard.press('Escape');
  await kind(page, 'All').click();
  await listed(page, all);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, rulesOfColour)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}, 270_000);

test('leads to where a file was posted, saves it, and follows what is removed', async () => {
  const { page } = ada;
  const row = rows(page).filter({ hasText: 'papers.zip' });
  const download = page.waitForEvent('download');
  await row.getByRole('button', { name: /^papers\.zip/ }).click();
  expect((await download).suggestedFilename()).toBe('papers.zip');
  await row.getByRole('button', { name: 'Go to the message with papers.zip' }).click();
  await page.waitForURL(/\/rooms\/[^/]+\/\d+/);
  await page.getByRole('article').filter({ hasText: 'Some more' }).waitFor();
  await page.goBack();

  await rows(page).filter({ hasText: 'notes.txt' }).getByRole('button', { name: 'Actions for notes.txt' }).click();
  await page.getByRole('menuitem', { name: 'Remove file' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await listed(page, ['tone.wav', 'papers.zip', 'Straße am See.jpg', 'plan-b.pdf']);
  const { messages } = await (await bo.context.request.get(`/api/v1/rooms/${room}/messages`)).json();
  const plan = messages.find(({ text }: { text: string }) => text === 'The plan');
  const headers = { origin: stage.server.url };
  await bo.context.request.delete(`/api/v1/messages/${plan.id}`, { headers });
  await listed(page, ['tone.wav', 'papers.zip', 'Straße am See.jpg']);
}, 270_000);

test('goes on to earlier files by itself', async () => {
  const { page } = ada;
  for (const [index, sender] of [ada, bo, ada, bo, ada, bo].entries()) {
    const names = Array.from({ length: 9 }, (_, number) => `note-${index}-${number}.txt`);
    const files = names.map((name) => ({ name, bytes: Buffer.from(name) }));
    await post(sender, room, '', files);
  }
  await page.reload();
  await composer(page).waitFor();
  await panel(page).getByRole('button', { name: 'Show more' }).scrollIntoViewIfNeeded();
  await eventually(
    () => rows(page).count(),
    (count) => count === 57,
  );
  expect(await rows(page).count()).toBe(57);
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 270_000);
