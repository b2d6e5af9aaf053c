import type { Page } from 'playwright-core';
import { arrive, inRoom } from './arrive.ts';
import { composer } from './people.ts';
import type { Screen } from './screens.ts';

async function type(page: Page, text: string): Promise<void> {
  await composer(page).fill('');
  await composer(page).pressSequentially(text);
}

/** Polls, commands, and what a room says of itself. */
export const pollScreens: readonly Screen[] = [
  {
    name: 'poll-dialog',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page.getByRole('button', { name: 'Add something' }).click();
      await page.getByRole('menuitem', { name: 'Make a poll' }).click();
      await page.getByRole('dialog', { name: 'Make a poll' }).waitFor();
    },
  },
  {
    name: 'poll',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await type(page, '/poll "Where shall we eat?" "The noodle place" "Here, from what is left in the kitchen" "Out"');
      await composer(page).press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Make a poll' });
      await dialog.getByLabel('People may choose several').check();
      await dialog.getByRole('button', { name: 'Post poll' }).click();
      await dialog.waitFor({ state: 'detached' });
      const poll = page.getByRole('group', { name: 'Poll' }).last();
      await poll.getByRole('button', { name: /^The noodle place/ }).click();
      await poll.getByText('1 person voted').waitFor();
    },
  },
  {
    name: 'voters',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page
        .getByRole('button', { name: /^Who voted for “The noodle place”/ })
        .last()
        .click();
      await page.getByRole('dialog', { name: 'Who voted' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'commands',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await type(page, '/help ');
      await composer(page).press('Enter');
      await page.getByRole('dialog', { name: 'Commands' }).waitFor();
    },
  },
  {
    name: 'command-arguments',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await type(page, '/remind ');
      await page.getByRole('option', { name: /^in 20 minutes/ }).waitFor();
    },
  },
  {
    name: 'command-mistake',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await type(page, '/remind the plants');
      await composer(page).press('Enter');
      await page.getByText('Write when and what of').waitFor();
    },
  },
  {
    name: 'details',
    signedIn: true,
    open: async (page, { room }) => {
      await arrive(page, `${room}?panel=details`);
      await page.getByRole('complementary', { name: 'Details' }).waitFor();
    },
  },
];
