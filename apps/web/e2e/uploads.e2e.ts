import { createHash } from 'node:crypto';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attach, bluePicture, bytesFile, chip, type FileToAttach, tray } from './attach.ts';
import { film, tone } from './made-files.ts';
import { composer, eventually, openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

/** Of the server under test. Megabytes. */
const limit = 5;
const megabyte = 1_000_000;
/** Slow enough to see a file on its way, fast enough to wait for it. Bytes a second. */
const slowly = 400_000;

let stage: Stage;
let ada: Visitor;
let bo: Visitor;

beforeAll(async () => {
  stage = await Stage.open({ CONFAB_FILE_MEGABYTES: String(limit) });
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo');
  await openRoom(ada.page, 'general');
  await openRoom(bo.page, 'general');
}, 720_000);

afterAll(() => stage?.close());

interface Posted {
  readonly file: { readonly id: string; readonly name: string; readonly size: number; readonly description?: string };
}

/** What was posted in the room that a page shows, the latest first. */
async function posted({ page, context }: Visitor): Promise<Posted[]> {
  const [, , room] = new URL(page.url()).pathname.split('/');
  const answer = await context.request.get(`/api/v1/rooms/${room}/files`);
  return ((await answer.json()) as { files: Posted[] }).files;
}

const postedNames = async (someone: Visitor) => (await posted(someone)).map(({ file }) => file.name);

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What the server has of the file that was posted last. */
async function lastHash(someone: Visitor): Promise<string> {
  const [last] = await posted(someone);
  const answer = await someone.context.request.get(`/api/v1/files/${last?.file.id}/content`);
  return hashOf(await answer.body());
}

/** A line that takes so many bytes a second, -1: as many as there are. */
async function throttled({ page, context }: Visitor, uploadThroughput = slowly): Promise<CDPSession> {
  const session = await context.newCDPSession(page);
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput };
  await session.send('Network.emulateNetworkConditions', conditions);
  return session;
}

async function unthrottled(session: CDPSession): Promise<void> {
  const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  await session.send('Network.emulateNetworkConditions', conditions);
  await session.detach();
}

async function underWay(page: Page, name: string): Promise<void> {
  await chip(page, name)
    .getByText(/^[\d.]+ [kM]B of/)
    .waitFor();
}

const ready = (page: Page, count: number) =>
  page
    .getByText(count === 1 ? '1 file is attached and ready.' : `${count} files are attached and ready.`)
    .waitFor({ state: 'attached' });

/** As a program does that gives files to the page: `paste` into the text, or `drop` anywhere on the conversation. */
async function hand(page: Page, how: 'paste' | 'dragenter' | 'drop', files: FileToAttach[], text = ''): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    type: mimeType,
    base64: buffer.toString('base64'),
  }));
  const on = how === 'paste' ? composer(page) : page.getByRole('article').last();
  await on.evaluate(
    (element, [event, list, words]) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of list) {
        data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }));
      }
      if (words !== '') data.setData('text/plain', words);
      const shared = { bubbles: true, cancelable: true };
      element.dispatchEvent(
        event === 'paste'
          ? new ClipboardEvent(event, { ...shared, clipboardData: data })
          : new DragEvent(event, { ...shared, dataTransfer: data }),
      );
    },
    [how, given, text] as const,
  );
}

test('files are chosen, seen at once, described, put in order, and posted with the text', async () => {
  const { page } = ada;
  await say(page, 'hello');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  const boards = bytesFile('boards.bin', 300_000);
  await (await choosing).setFiles([boards, bluePicture('bench.png'), bytesFile('saw.bin', 10)]);
  await ready(page, 3);
  expect(await chip(page, 'bench.png').getByRole('presentation').count()).toBe(1);

  await page.getByRole('button', { name: 'More for bench.png' }).click();
  await page.getByRole('menuitem', { name: 'Describe it' }).click();
  const dialog = page.getByRole('dialog', { name: 'What does it show?' });
  await dialog.getByLabel('Description').fill('A workbench');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'More for bench.png' }).click();
  await page.getByRole('menuitem', { name: 'Move forward' }).click();
  await page.getByRole('button', { name: 'Remove saw.bin' }).click();
  await ready(page, 2);
  await say(page, 'These are they');
  await tray(page).waitFor({ state: 'detached' });

  await bo.page.getByRole('article').filter({ hasText: 'These are they' }).waitFor();
  const files = (await posted(bo)).map(({ file }) => [file.name, file.description]);
  expect(files.sort()).toEqual([
    ['bench.png', 'A workbench'],
    ['boards.bin', undefined],
  ]);
}, 180_000);

test('files are dragged into another order', async () => {
  const { page } = ada;
  const names = () => tray(page).getByRole('listitem').locator('bdi').allInnerTexts();
  await attach(page, bytesFile('one.bin', 10), bytesFile('two.bin', 10), bytesFile('three.bin', 10));
  await ready(page, 3);
  await chip(page, 'three.bin').dragTo(chip(page, 'one.bin'));
  await expect.poll(names).toEqual(['three.bin', 'one.bin', 'two.bin']);
  await say(page, 'In this order');
  const message = bo.page.getByRole('article').filter({ hasText: 'In this order' });
  await message.getByText('two.bin').waitFor();
  expect(await message.getByRole('link', { name: /\.bin/ }).locator('bdi').allInnerTexts()).toEqual([
    'three.bin',
    'one.bin',
    'two.bin',
  ]);
}, 180_000);

test('pictures are pasted, text that has a picture of itself stays text, and files are dropped on the conversation', async () => {
  const { page } = ada;
  await hand(page, 'paste', [bluePicture('image.png')], 'cells of a table');
  expect(await tray(page).count()).toBe(0);
  await hand(page, 'paste', [bluePicture('image.png')]);
  await chip(page, 'Picture 20').waitFor();

  await hand(page, 'dragenter', [bluePicture('plan.png')]);
  await page.getByText('Drop to attach').waitFor();
  await hand(page, 'drop', [bluePicture('plan.png')]);
  await page.getByText('Drop to attach').waitFor({ state: 'detached' });
  await ready(page, 2);
  await composer(page).press('Enter');
  await eventually(
    () => postedNames(bo),
    (names) => names.includes('plan.png'),
  );
  expect((await postedNames(bo)).slice(0, 2).sort()).toEqual([expect.stringMatching(/^Picture .*\.png$/), 'plan.png']);
}, 180_000);

test('what plays says how long it is, how large and how loud', async () => {
  const { page } = ada;
  const video = { name: 'plane.webm', mimeType: 'video/webm', buffer: await film(page) };
  await attach(page, video, { name: 'saw.wav', mimeType: 'audio/wav', buffer: tone(2) });
  await ready(page, 2);
  await say(page, 'how it sounds');
  const named = (files: readonly Posted[], name: string) => files.find(({ file }) => file.name === name)?.file;
  const files = await eventually(
    () => posted(bo),
    (list) => named(list, 'saw.wav') !== undefined,
  );
  const known = { durationMs: expect.any(Number) };
  expect(named(files, 'plane.webm')).toMatchObject({ ...known, width: 320, height: 180 });
  expect(named(files, 'saw.wav')).toMatchObject({ durationMs: 2_000, waveform: expect.arrayContaining([100]) });
}, 180_000);

test('what is too large says so before a byte is sent, and a message takes so many files and no more', async () => {
  const { page } = ada;
  const sent: string[] = [];
  page.on('request', (request) => void (/uploads/.test(request.url()) && sent.push(request.method())));
  await attach(page, bytesFile('everything.bin', limit * 1_048_576 + 1));
  await chip(page, 'everything.bin')
    .getByText(/^A file may have at most 5\.?\d* MB here; this one has 5\.?\d* MB\.$/)
    .waitFor();
  expect(sent).toEqual([]);
  expect(await page.getByRole('button', { name: 'Send', exact: true }).count()).toBe(0);

  await attach(page, ...Array.from({ length: 10 }, (_, index) => bytesFile(`part-${index}.bin`, 10)));
  await page.getByText('A message takes up to 10 files: 1 was not attached.').waitFor();
  await page.getByRole('button', { name: 'Remove all' }).click();
  await tray(page).waitFor({ state: 'detached' });
}, 180_000);

test('a message waits for its files, those after it do not, and it posts itself', async () => {
  const { page } = ada;
  const session = await throttled(ada);
  const file = bytesFile('slow.bin', 3 * megabyte);
  await attach(page, file, bytesFile('never.bin', 2 * megabyte));
  await underWay(page, 'slow.bin');
  await page.getByRole('button', { name: 'Remove never.bin' }).click();
  await say(page, 'with a large file');
  const waiting = page.getByRole('list', { name: 'Files on their way' });
  await waiting.getByRole('progressbar', { name: 'slow.bin' }).waitFor();
  await say(page, 'and without');
  await bo.page.getByRole('article').filter({ hasText: 'and without' }).waitFor();
  expect(await bo.page.getByText('with a large file').count()).toBe(0);
  await unthrottled(session);
  await bo.page.getByRole('article').filter({ hasText: 'with a large file' }).waitFor();
  await waiting.waitFor({ state: 'detached' });
  expect(await lastHash(bo)).toBe(hashOf(file.buffer));
}, 270_000);

test('a file on its way survives a reload, and goes on where it was', async () => {
  const { page } = ada;
  const session = await throttled(ada);
  const file = bytesFile('reloaded.bin', 4 * megabyte);
  await composer(page).fill('kept with its file');
  await attach(page, file);
  await underWay(page, 'reloaded.bin');
  await page.reload();
  // Not from its beginning: nothing can have been sent again by now.
  await chip(page, 'reloaded.bin')
    .getByText(/^([1-9][\d.]+ kB|[\d.]+ MB) of/)
    .waitFor();
  expect(await composer(page).inputValue()).toBe('kept with its file');
  await unthrottled(session);
  await ready(page, 1);
  await composer(page).press('Enter');
  await bo.page.getByRole('article').filter({ hasText: 'kept with its file' }).waitFor();
  expect(await lastHash(bo)).toBe(hashOf(file.buffer));
}, 270_000);

test('without a connection files wait, and a server that restarts in the middle loses nothing', async () => {
  const { page, context } = ada;
  await context.setOffline(true);
  const offline = bytesFile('in-the-tunnel.bin', 200_000);
  await attach(page, offline);
  await say(page, 'from the tunnel');
  await page.getByRole('list', { name: 'Files on their way' }).getByText(/waits/).waitFor();
  await context.setOffline(false);
  await bo.page.getByRole('article').filter({ hasText: 'from the tunnel' }).waitFor();
  expect(await lastHash(bo)).toBe(hashOf(offline.buffer));

  const session = await throttled(ada);
  const file = bytesFile('restarted.bin', 4 * megabyte);
  await attach(page, file);
  await underWay(page, 'restarted.bin');
  await say(page, 'over a restart');
  await stage.server.kill();
  await stage.server.comeBack();
  await unthrottled(session);
  await bo.page.getByRole('article').filter({ hasText: 'over a restart' }).waitFor({ timeout: 60_000 });
  expect(await lastHash(bo)).toBe(hashOf(file.buffer));
}, 540_000);

test('with the keyboard alone files are attached, moved and removed', async () => {
  const { page } = ada;
  await composer(page).focus();
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+U');
  await (await choosing).setFiles([bytesFile('one.bin', 1), bytesFile('two.bin', 2), bytesFile('three.bin', 3)]);
  await ready(page, 3);
  const names = async () => (await tray(page).getByRole('listitem').allInnerTexts()).map((text) => text.split('\n')[0]);
  await chip(page, 'one.bin').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await eventually(names, (list) => list[1] === 'one.bin');
  expect(await names()).toEqual(['two.bin', 'one.bin', 'three.bin']);
  await page.keyboard.press('Delete');
  expect(await names()).toEqual(['two.bin', 'three.bin']);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Delete');
  await tray(page).waitFor({ state: 'detached' });
  expect(await composer(page).evaluate((field) => field === document.activeElement)).toBe(true);
  expect([...ada.complaints, ...bo.complaints]).toEqual([]);
}, 180_000);
