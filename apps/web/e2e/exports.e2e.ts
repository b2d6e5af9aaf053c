import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  await openRoom(ada.page, 'general');
  await say(ada.page, 'to be taken along');
}, 720_000);

afterAll(() => stage?.close());

/** What the link with this name brings down, as bytes. */
async function downloaded(name: string): Promise<Buffer> {
  const coming = ada.page.waitForEvent('download');
  await ada.page.getByRole('link', { name }).click();
  return readFileSync(await (await coming).path());
}

test('one takes along what is one’s own, and throws it away again', async () => {
  await ada.page.goto(`${stage.server.url}/settings`);
  await ada.page.getByRole('button', { name: 'Put my data together' }).click();
  const zip = await downloaded('Download Your data');
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  expect(zip.includes('data/account-000001.json')).toBe(true);
  await ada.page.getByRole('button', { name: 'Remove the export of Your data' }).click();
  await ada.page.getByRole('link', { name: 'Download Your data' }).waitFor({ state: 'detached' });
}, 180_000);

test('an admin takes a room along', async () => {
  await openRoom(ada.page, 'general');
  await ada.page.getByRole('button', { name: 'Room menu' }).click();
  await ada.page.getByRole('menuitem', { name: /settings/i }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'Room settings' });
  await dialog.getByRole('button', { name: 'Export room' }).click();
  const zip = await downloaded('Download #general');
  expect(zip.includes('data/room-000001.json')).toBe(true);
  expect(zip.includes('messages-00001.html')).toBe(true);
}, 180_000);
