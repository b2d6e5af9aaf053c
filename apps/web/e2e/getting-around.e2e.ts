import { afterAll, beforeAll, expect, test } from 'vitest';
import { composer, openRoom, say, type Visitor } from './people.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let ada: Visitor;

beforeAll(async () => {
  stage = await Stage.open();
  const options = { serviceWorkers: 'allow', viewport: { width: 1_280, height: 800 } } as const;
  ada = await stage.founder('Ada', options, 'Workshop');
}, 720_000);

afterAll(() => stage?.close());

const rooms = () => ada.page.getByRole('navigation', { name: 'Rooms' });
const palette = () => ada.page.getByRole('combobox', { name: 'Rooms, people, pages and commands' });
/** The groups of the room list and what is in them, as they are read from top to bottom. */
const list = () =>
  rooms()
    .locator('[data-group]')
    .evaluateAll((groups) =>
      groups.map((group) => {
        const name = group.querySelector('h3')?.textContent ?? '';
        return [name, ...[...group.querySelectorAll('li > a bdi')].map((link) => link.textContent)].join(' ');
      }),
    );

test('a room, a page and a command are a few letters away', async () => {
  const { page } = ada;
  await page.getByRole('button', { name: 'Create a room' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('design-review');
  await page.getByRole('dialog').getByRole('button', { name: 'Create room' }).click();
  await openRoom(page, 'general');
  await page.keyboard.press('Control+k');
  await palette().fill('desrev');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'design-review' }).waitFor();

  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'general' }).first().waitFor();
  await palette().fill('/topic');
  await page.keyboard.press('Enter');
  await palette().pressSequentially('Chairs');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Chairs' }).waitFor();

  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'general' }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: 'design-review' }).waitFor();
});

test('rooms stand where one puts them: by key, by menu and by drag', async () => {
  const { page } = ada;
  await page.getByRole('main').focus();
  await page.keyboard.press('f');
  await expect.poll(list).toEqual(['Favourites design-review', 'Public general', 'Direct messages']);

  await rooms().getByRole('button', { name: 'List options' }).click();
  await page.getByRole('menuitem', { name: 'New section' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Projects');
  await page.getByRole('button', { name: 'Create section' }).click();
  await rooms().getByRole('button', { name: 'Projects', exact: true }).waitFor();
  await rooms()
    .getByRole('link', { name: 'design-review' })
    .dragTo(rooms().locator('[data-group]', { hasText: 'Projects' }));
  await expect.poll(list).toEqual(['Projects design-review', 'Public general', 'Direct messages']);

  await rooms().getByRole('link', { name: 'general' }).click({ button: 'right' });
  await page.getByRole('radio', { name: 'Projects' }).click();
  await expect.poll(list).toEqual(['Projects design-review general', 'Direct messages']);
  await page.reload();
  await expect.poll(list, { timeout: 15_000 }).toEqual(['Projects design-review general', 'Direct messages']);
});

test('each part of the settings has an address, a link and a place in the palette', async () => {
  const { page } = ada;
  const stands = (title: string) => {
    const heading = page.getByRole('heading', { level: 2, name: title });
    return expect.poll(() => heading.evaluate((element) => element.getBoundingClientRect().top), { timeout: 15_000 });
  };
  await page.goto('/settings/password');
  await stands('Password').toBeLessThan(140);
  await page.keyboard.press('Control+k');
  await palette().fill('appear');
  await page.getByRole('option', { name: /^Appearance/ }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => new URL(page.url()).pathname).toBe('/settings/appearance');
  await stands('Appearance').toBeGreaterThan(0);
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Do not disturb' }).click();
  await stands('Do not disturb').toBeLessThan(140);
  await page.goBack();
  await stands('Appearance').toBeGreaterThan(0);
  // Only the page moved, not what is around it.
  expect((await page.getByRole('heading', { level: 1, name: 'Settings' }).boundingBox())?.y).toBeGreaterThan(0);
});

test('letters go to places unless one writes, or has switched them off', async () => {
  const { page } = ada;
  await openRoom(page, 'general');
  await composer(page).fill('gt');
  await page.getByRole('main').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.getByRole('heading', { level: 1, name: 'Threads' }).waitFor();
  await page.goBack();
  expect(await composer(page).inputValue()).toBe('gt');
  await composer(page).fill('');
});

test('the app can be installed, and its last rooms are there when the server is not', async () => {
  const { context, page, complaints } = ada;
  await openRoom(page, 'general');
  await say(page, 'kept-1');
  await page.getByRole('article').filter({ hasText: 'kept-1' }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  const protocol = await context.newCDPSession(page);
  const manifest = await protocol.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
  const { installabilityErrors } = await protocol.send('Page.getInstallabilityErrors');
  // The one reason is the private window of the test itself.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);

  const address = page.url();
  const kept = () =>
    page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const opening = indexedDB.open(`confab-shelf ${location.origin}`);
          opening.onsuccess = () => {
            const all = opening.result.transaction('kept').objectStore('kept').getAll();
            all.onsuccess = () => resolve(JSON.stringify(all.result));
          };
        }),
    );
  await expect.poll(kept, { timeout: 10_000 }).toContain('kept-1');
  await stage.server.kill();
  await page.goto(address);
  await page.getByRole('article').filter({ hasText: 'kept-1' }).waitFor();
  await page.getByText(/Reconnecting|Offline/).waitFor();
  await say(page, 'kept-2');
  await stage.server.comeBack();
  await page.getByRole('article').filter({ hasText: 'kept-2' }).waitFor();

  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: /^Sign in/ }).waitFor();
  await expect.poll(kept).toBe('[]');
  expect(complaints).toEqual([]);
});
