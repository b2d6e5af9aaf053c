import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRoom, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;
/** Whatever the console says in red, a refused request of a stock client among it. */
const errors: string[] = [];

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada', { viewport: { width: 1_280, height: 900 } });
  ada.page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
}, 720_000);

afterAll(() => stage?.close());

test('a message that is sent on the page of doors arrives through every one of them', async () => {
  const { page } = ada;
  await page.getByRole('button', { name: 'Ada' }).click();
  await page.getByRole('menuitem', { name: 'Doors' }).click();
  const group = (title: string) => page.getByRole('list', { name: title }).getByRole('listitem');
  const cards = group('Confab’s own protocol').or(group('Foreign clients'));
  await cards.getByText('Connected', { exact: true }).nth(8).waitFor();
  expect(await cards.getByRole('heading').allInnerTexts()).toEqual([
    'WebSocket',
    'HTTP stream',
    'Server-Sent Events',
    'Long polling',
    'Polling',
    'Socket.IO',
    'SignalR',
    'GraphQL',
    'MQTT',
  ]);
  expect(await cards.getByText(/^\d.* ms$/).count()).toBe(0);

  await page.getByRole('button', { name: 'Send a message' }).click();
  await page.getByRole('status').getByText('Arrived through all 9 doors').waitFor();
  for (const card of await cards.all()) {
    expect(await card.getByRole('definition').first().innerText()).toMatch(/^\d.* ms$/);
    expect(await card.getByRole('definition').nth(1).innerText()).toBe('1');
  }
  expect([...errors, ...ada.complaints]).toEqual([]);
}, 90_000);

test('a door that is shut says so on its card, and the others go on', async () => {
  const page = await ada.context.newPage();
  await page.route('**/signalr/**', (route) => route.abort());
  await page.routeWebSocket('**/graphql', (socket) => socket.close());
  await page.goto('/doors');
  const cards = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
  await cards.getByText('Not available', { exact: true }).nth(1).waitFor();
  for (const name of ['SignalR', 'GraphQL']) {
    expect(await cards.filter({ hasText: name }).innerText()).toContain('Not available');
  }
  await page.getByRole('button', { name: 'Send a message' }).click();
  await page.getByRole('status').getByText('Arrived through 7 of 9 doors').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.close();
}, 90_000);

test('a program posts to a webhook that was made in the room’s settings, until it is switched off', async () => {
  const { page } = ada;
  await page.goto('/');
  await openRoom(page, 'general');
  const settings = page.getByRole('dialog', { name: 'Room settings' });
  const openSettings = async () => {
    await page.getByRole('button', { name: 'Room menu' }).click();
    await page.getByRole('menuitem', { name: /settings/i }).click();
    await settings.waitFor();
  };
  await openSettings();
  await settings.getByLabel('Name of the bot').fill('Build server');
  await settings.getByRole('button', { name: 'Create webhook' }).click();
  await settings.getByRole('button', { name: 'Copy' }).click();
  await settings.getByRole('button', { name: 'Copied' }).waitFor();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toContain(`${stage.server.url}/hooks/`);
  await page.keyboard.press('Escape');

  const post = (text: string) => {
    const headers = { 'content-type': 'application/json' };
    return fetch(address, { method: 'POST', headers, body: JSON.stringify({ text }) });
  };
  const answer = await post('Build *42* is <https://example.com/42|done>');
  expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
  const message = page.getByRole('article').filter({ hasText: 'Build 42 is done' });
  await message.waitFor();
  expect(await message.getByText('Build server', { exact: true }).count()).toBe(1);
  expect(await message.getByText('Bot', { exact: true }).count()).toBe(1);
  expect(await message.getByRole('link', { name: 'done' }).getAttribute('href')).toBe('https://example.com/42');

  await openSettings();
  await settings.getByRole('button', { name: 'Switch off the webhook Build server' }).click();
  await page.getByText('The webhook no longer works.').waitFor();
  expect((await post('One more')).status).toBe(401);
  expect([...errors, ...ada.complaints]).toEqual([]);
}, 90_000);
