import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerLate } from './answer-late.ts';
import { shifted, watchShifts } from './layout-shift.ts';
import { composer, eventually, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';
import { lookAt, movedPx, scrollBy } from './timeline-view.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 820, height: 1_180 },
  { width: 1_440, height: 900 },
] as const;
const [phone, , desk] = sizes;
const patience = { timeout: 15_000 };

let stage: Stage;
let ada: Visitor;
let bo: Visitor;
let room: string;

beforeAll(async () => {
  stage = await Stage.open();
  ada = await stage.founder('Ada');
  bo = await stage.member('Bo', { viewport: desk });
  bo.page.setDefaultTimeout(15_000);
  for (const { page } of [ada, bo]) await page.goto('about:blank');
  room = (await firstRoom(bo)).info.id;
  for (let index = 0; index < 30; index += 1) {
    for (const { context } of [ada, bo]) {
      const data = { clientId: crypto.randomUUID(), text: `Words ${'and more words '.repeat(index % 40)}` };
      const ask = async () => (await context.request.post(`/api/v1/rooms/${room}/messages`, { data })).status();
      await eventually(ask, (status) => status !== 429);
    }
  }
  const { position } = await firstRoom(bo);
  await bo.context.request.post(`/api/v1/rooms/${room}/read`, { data: { seq: position.seq } });
}, 720_000);

afterAll(() => stage?.close());

async function firstRoom({ context }: Visitor) {
  return (await (await context.request.get('/api/v1/account/home')).json()).rooms[0];
}

async function open(page: Page): Promise<void> {
  await page.goto(`/rooms/${room}`);
  await composer(page).waitFor();
  await page.getByRole('article').first().waitFor();
}

const author = (page: Page) => page.locator('article header:not([class*="spoken"]) button').last();
const quote = (page: Page) => page.getByRole('toolbar').last().getByRole('button', { name: 'Quote' });

/** Presses with a mouse that goes down, and up again after `meanwhile`. */
async function press(page: Page, target: ReturnType<typeof author>, meanwhile: () => Promise<void>): Promise<void> {
  await target.hover();
  await page.mouse.down();
  await meanwhile();
  await page.mouse.up();
}

test('what was just sent stays under the pointer, and under the focus, when the server has it', async () => {
  const { page } = bo;
  await answerLate(page, 'Just sent', 700);
  await open(page);
  await say(page, 'Just sent');
  const sent = page.getByRole('article').filter({ hasText: 'Just sent' });
  await sent.hover();
  await sent.evaluate((row) => row.setAttribute('data-watched', ''));
  const posted = page.locator('article[data-watched][data-seq]');
  await posted.waitFor();
  await posted.getByRole('button', { name: 'Quote' }).waitFor();
});

test('a press that begins before the list puts itself right is not lost', async () => {
  const { page } = bo;
  await open(page);
  const upAPixel = async () => {
    await scrollBy(page, -1);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };
  await lookAt(page);
  await press(page, author(page), upAPixel);
  await page.getByRole('dialog', { name: /Ada|Bo/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const hasFocus = () => author(page).evaluate((button) => button === document.activeElement);
  await expect.poll(hasFocus, patience).toBe(true);
  // The pointer never left the message.
  await press(page, quote(page), upAPixel);
  await page.getByRole('region', { name: 'Quoted message' }).waitFor();
  await page.getByRole('button', { name: 'Do not quote' }).click();
});

test('what is pressed opens though its part comes late, and though it cannot be had at first', async () => {
  const { page } = bo;
  await open(page);
  await page.waitForLoadState('networkidle');
  const held: Route[] = [];
  let holding = true;
  await page.route('**/assets/**', (route) => (holding ? void held.push(route) : route.continue()));
  const account = page.getByRole('button', { name: /^Your account/ });
  await account.click();
  await expect.poll(() => held.length, patience).toBeGreaterThan(0);
  expect(await account.evaluate((button) => button === document.activeElement)).toBe(true);
  holding = false;
  for (const route of held) await route.abort();
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('article').count()).toBeGreaterThan(1);
});

test.each(sizes)(
  'a room shows each thing where it stays, $width px wide',
  async (size) => {
    const page = await bo.context.newPage();
    await page.setViewportSize(size);
    const protocol = await bo.context.newCDPSession(page);
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await watchShifts(page);
    await open(page);
    await page.waitForLoadState('networkidle');
    await lookAt(page);
    expect(await shifted(page)).toBeLessThan(0.02);
    // It is seen when something does shift.
    await page.locator('[data-page]').evaluate((shell) => shell.prepend(Object.assign(new Image(), { height: 90 })));
    await expect.poll(() => shifted(page), patience).toBeGreaterThan(0.02);
    await page.close();
  },
  90_000,
);

test('what comes to stand above a room moves no message, at its end and further up', async () => {
  const { page } = bo;
  await page.setViewportSize(phone);
  await open(page);
  const shell = page.locator('[data-page]');
  for (const upPx of [0, 300]) {
    await scrollBy(page, -upPx);
    const before = await lookAt(page);
    await shell.evaluate((element) => {
      const bar = element.insertBefore(document.createElement('div'), element.firstChild);
      bar.style.cssText = 'flex: none; height: 37px';
    });
    const under = await lookAt(page);
    await shell.evaluate((element) => element.firstElementChild?.remove());
    const after = await lookAt(page);
    expect(movedPx(under, before)).toBe(0);
    expect(movedPx(under, after)).toBe(0);
    expect([before.belowPx, after.belowPx]).toEqual([upPx, upPx]);
  }
});

test('the line that says there is no connection moves nothing, and no note covers the last message', async () => {
  const { page, context } = bo;
  await page.setViewportSize(phone);
  await open(page);
  const boxes = () =>
    page
      .locator('h1, nav a, article, textarea')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  await lookAt(page);
  const before = await boxes();
  await stage.server.kill();
  await page.getByText(/Reconnecting|Offline/).waitFor();
  expect(await boxes()).toEqual(before);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('article').last().focus();
  await page.keyboard.press('c');
  const note = await page.getByText('The text was copied.').boundingBox();
  const last = await page.getByRole('article').last().boundingBox();
  expect((note?.y ?? Infinity) + (note?.height ?? 0)).toBeLessThan(last?.y ?? 0);
  await stage.server.comeBack();
  await page.getByText(/Reconnecting|Offline/).waitFor({ state: 'detached' });
  expect(bo.complaints).toEqual([]);
});

test('a menu that has just been closed is opened by the next press', async () => {
  await bo.page.setViewportSize(desk);
  await open(bo.page);
  const account = bo.page.getByRole('button', { name: /^Your account/ });
  await account.click();
  await bo.page.getByRole('menu').waitFor();
  await bo.page.keyboard.press('Escape');
  await bo.page.getByRole('menu').waitFor({ state: 'detached' });
  // Opened, closed and opened before a frame is drawn, as on a busy device.
  const states = await account.evaluate(async (button) => {
    const states: (string | null)[] = [];
    for (let presses = 0; presses < 3; presses += 1) {
      const how = { bubbles: true, cancelable: true, button: 0, pointerId: 1, pointerType: 'mouse' };
      button.dispatchEvent(new PointerEvent('pointerdown', how));
      for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setTimeout(resolve));
      states.push(button.getAttribute('data-state'));
    }
    return states;
  });
  expect(states).toEqual(['open', 'closed', 'open']);
});

test('what one makes while the list of its kind is still on its way stands in that list', async () => {
  const { page } = ada;
  await answerLate(page, '"webhooks":', 1_500);
  await open(page);
  await page.getByRole('button', { name: 'Room menu' }).click();
  await page.getByRole('menuitem', { name: /settings/i }).click();
  const settings = page.getByRole('dialog', { name: 'Room settings' });
  await settings.getByLabel('Name of the bot').fill('Build server');
  await settings.getByRole('button', { name: 'Create webhook' }).click();
  await settings.getByLabel('Address of the new webhook').waitFor();
  await settings.getByRole('button', { name: 'Switch off the webhook Build server' }).waitFor(patience);
});
