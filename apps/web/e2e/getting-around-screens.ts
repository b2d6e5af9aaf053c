import type { Page } from 'playwright-core';
import { arrive, inRoom } from './arrive.ts';
import type { Screen } from './screens.ts';

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name }).waitFor();

async function fromMenu(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The palette, the map of keys, and the room list as one arranges it. */
export const gettingAroundScreens: readonly Screen[] = [
  {
    name: 'palette',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page.keyboard.press('Control+k');
      await dialog(page, 'Go to or do something');
    },
  },
  {
    name: 'palette-found',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Rooms, people, pages and commands' }).fill('me');
      await page.getByRole('option', { name: 'Search messages' }).last().waitFor();
    },
  },
  {
    name: 'new-section',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/');
      await fromMenu(page, 'List options', 'New section');
      await dialog(page, 'New section');
    },
  },
  {
    name: 'arranged',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/');
      const rooms = page.getByRole('navigation', { name: 'Rooms' });
      const section = rooms.getByRole('button', { name: 'Projects', exact: true });
      await rooms.locator('[data-group] li > a').first().waitFor();
      if ((await section.count()) > 0) return;
      await fromMenu(page, 'List options', 'New section');
      await page.getByLabel('Name', { exact: true }).fill('Projects');
      await page.getByRole('button', { name: 'Create section' }).click();
      await section.waitFor();
      await rooms.locator('[data-group="public"] li > a').first().click({ button: 'right' });
      await page.getByRole('radio', { name: 'Projects' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'place-in-list',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await fromMenu(page, 'Room menu', 'Place in your list');
      await dialog(page, /^Where does/);
    },
  },
  {
    name: 'shortcuts',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page.getByRole('article').last().focus();
      await page.keyboard.press('?');
      await dialog(page, 'Keyboard shortcuts');
    },
  },
];
