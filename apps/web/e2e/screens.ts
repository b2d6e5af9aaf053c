import type { Page } from 'playwright-core';
import { arrive, inRoom } from './arrive.ts';
import { exportScreens } from './export-screens.ts';
import { gettingAroundScreens } from './getting-around-screens.ts';
import { keptScreens } from './kept-screens.ts';
import { moderationScreens } from './moderation-screens.ts';
import { notificationScreens } from './notification-screens.ts';
import { composer, openRoom, say } from './people.ts';
import { pollScreens } from './poll-screens.ts';
import { uploadScreens } from './upload-screens.ts';

/** Where the screens of a run find what they show. */
export interface Place {
  /** The path of a room with messages in it. */
  room: string;
  /** The path of an invitation that works. */
  join: string;
}

export interface Screen {
  name: string;
  /** Whether one is signed in on it. */
  signedIn: boolean;
  open(page: Page, place: Place): Promise<void>;
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name }).waitFor();

/** Of somebody else who wrote a message that is on screen. */
async function openProfile(page: Page): Promise<void> {
  const account = await page.getByRole('button', { name: /^Your account: / }).getAttribute('aria-label');
  const authors = page.getByRole('article').locator('header:not([class*="spoken"])').getByRole('button');
  const me = account?.split(': ').at(-1) ?? '';
  await authors.filter({ hasNotText: me }).first().click();
  await page.getByRole('dialog').waitFor();
}

/** Opens the dialog and chooses so many people. */
async function newMessage(page: Page, people: number): Promise<void> {
  await arrive(page, '/');
  await page.getByRole('button', { name: 'New message' }).click();
  const list = page.getByRole('dialog').getByRole('listitem').getByRole('button', { name: /@/ });
  for (let index = 0; index < people; index += 1) await list.nth(index).click();
}

async function fromMenu(page: Page, menu: string | RegExp, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function openPicker(page: Page): Promise<void> {
  await page.getByRole('article').last().focus();
  const toolbar = page.getByRole('toolbar', { name: 'Message actions' });
  await toolbar.getByRole('button', { name: 'Add a reaction' }).press('Enter');
  await dialog(page, 'Emoji');
}

/** On the last message, unless it is there already. */
async function react(page: Page, emoji: string): Promise<void> {
  if (
    (await page
      .getByRole('article')
      .last()
      .getByRole('button', { name: `${emoji} 1` })
      .count()) > 0
  )
    return;
  await openPicker(page);
  await page.getByLabel('Search emoji').fill('rocket');
  await page.getByRole('option', { name: 'rocket' }).click();
  await page
    .getByRole('button', { name: new RegExp(`^${emoji}`) })
    .last()
    .waitFor();
}

/** What a new instance shows until it has its owner. */
export const firstRun: Screen = {
  name: 'first-run',
  signedIn: false,
  open: async (page) => {
    await page.goto('/');
    await heading(page, 'Welcome to Confab');
  },
};

/** Every other screen there is, and how one gets to it. */
export const screens: readonly Screen[] = [
  {
    name: 'sign-in',
    signedIn: false,
    open: async (page) => {
      await page.goto('/');
      await heading(page, /^Sign in/);
    },
  },
  {
    name: 'join',
    signedIn: false,
    open: async (page, { join }) => {
      await page.goto(join);
      await heading(page, /^Join /);
    },
  },
  {
    name: 'invitation-that-does-not-work',
    signedIn: false,
    open: async (page) => {
      await page.goto('/join/there-is-no-such-invitation-here');
      await heading(page, 'This invitation does not work');
    },
  },
  {
    name: 'home',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/');
      await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    },
  },
  { name: 'room', signedIn: true, open: inRoom },
  {
    name: 'message-actions',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page.getByRole('article').last().focus();
      await page.getByRole('toolbar', { name: 'Message actions' }).waitFor();
    },
  },
  {
    name: 'reactors',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await react(page, '🚀');
      await page.getByRole('button', { name: /^🚀/ }).last().click({ button: 'right' });
      await dialog(page, 'Reactions');
    },
  },
  {
    name: 'emoji-picker',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await openPicker(page);
      await page.getByRole('gridcell').first().waitFor();
    },
  },
  {
    name: 'emoji-found',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await openPicker(page);
      await page.getByLabel('Search emoji').fill('heart');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'suggestions',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await composer(page).fill('');
      await composer(page).pressSequentially('@');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'thread',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page.getByRole('article').last().focus();
      await page.getByRole('button', { name: 'Reply in thread' }).last().click();
      const thread = page.getByRole('complementary', { name: 'Thread' });
      await thread.getByRole('textbox', { name: 'Reply' }).waitFor();
      await thread.getByRole('article').first().waitFor();
    },
  },
  {
    name: 'quoting',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page.getByRole('article').last().focus();
      await page.getByRole('button', { name: 'Quote' }).last().click();
      await page.getByRole('region', { name: 'Quoted message' }).waitFor();
    },
  },
  {
    name: 'threads',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/threads');
      await heading(page, 'Threads');
    },
  },
  {
    name: 'members',
    signedIn: true,
    open: async (page, { room }) => {
      await arrive(page, `${room}?panel=members`);
      await page.getByRole('complementary', { name: 'Members' }).waitFor();
    },
  },
  {
    name: 'no-pins',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/');
      await openRoom(page, 'general');
      await fromMenu(page, 'Room menu', 'Pinned messages');
      await page.getByText('Nothing is pinned').waitFor();
    },
  },
  {
    name: 'pins',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page.getByRole('article').last().focus();
      await page.getByRole('button', { name: 'More actions' }).click();
      const pin = page.getByRole('menuitem', { name: 'Pin to room' });
      await pin.or(page.getByRole('menuitem', { name: 'Unpin from room' })).waitFor();
      if ((await pin.count()) > 0) await pin.click();
      await arrive(page, `${place.room}?panel=pins`);
      await page.getByRole('complementary', { name: 'Pinned messages' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'search',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await say(page, 'Where is the glue?');
      await arrive(page, `${place.room}?search=the&sort=best`);
      await page.getByRole('complementary', { name: 'Search' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'search-empty',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/search');
      await page.getByText('Find what was said').waitFor();
    },
  },
  {
    name: 'search-nothing',
    signedIn: true,
    open: async (page, { room }) => {
      await arrive(page, `${room}?search=from%3Anobody%20wood`);
      await page.getByText('There is nothing by that name').waitFor();
    },
  },
  {
    name: 'receipts',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await say(page, 'Who of you has seen the new drafts?');
      const said = page.getByRole('article').filter({ hasText: 'Who of you has seen the new drafts?' }).last();
      await said.getByRole('button', { name: /Show who has read it$/ }).click();
      await dialog(page, 'Who has read this');
    },
  },
  {
    name: 'status',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/');
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('menuitem', { name: /status$/ }).click();
      const asked = page.getByRole('dialog', { name: 'Your status' });
      await asked.getByRole('button', { name: 'At lunch' }).click();
      await asked.getByRole('button', { name: 'Save' }).click();
      await asked.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^Your account/ }).click();
      await page.getByRole('menuitem', { name: /status$/ }).click();
      await asked.waitFor();
    },
  },
  {
    name: 'room-menu',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await page.getByRole('button', { name: 'Room menu' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'room-settings',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await fromMenu(page, 'Room menu', /settings/i);
      await dialog(page, 'Room settings');
    },
  },
  {
    name: 'room-webhooks',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await fromMenu(page, 'Room menu', /settings/i);
      await dialog(page, 'Room settings');
      await page.getByLabel('Name of the bot').fill('Build server');
      await page.getByRole('button', { name: 'Create webhook' }).click();
      await page.getByLabel('Address of the new webhook').scrollIntoViewIfNeeded();
      await page
        .getByRole('button', { name: /^Switch off/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'browse',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/browse');
      await heading(page, 'Browse rooms');
    },
  },
  {
    name: 'create-room',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/browse');
      await page.getByRole('button', { name: 'Create room' }).click();
      await dialog(page, 'Create a room');
    },
  },
  {
    name: 'direct',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await openProfile(page);
      await page.getByRole('button', { name: 'Message', exact: true }).click();
      await page.getByRole('button', { name: 'Conversation menu' }).waitFor();
      await composer(page).waitFor();
    },
  },
  {
    name: 'profile',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await openProfile(page);
    },
  },
  {
    name: 'new-message',
    signedIn: true,
    open: async (page) => {
      await newMessage(page, 3);
    },
  },
  {
    name: 'group',
    signedIn: true,
    open: async (page) => {
      await newMessage(page, 3);
      await page.getByRole('button', { name: 'Open group' }).click();
      await page.getByRole('button', { name: 'Conversation menu' }).waitFor();
      await composer(page).fill('Shall we go on here?');
      await composer(page).press('Enter');
      await page.getByRole('article').first().waitFor();
    },
  },
  {
    name: 'add-to-group',
    signedIn: true,
    open: async (page) => {
      await newMessage(page, 3);
      await page.getByRole('button', { name: 'Open group' }).click();
      await fromMenu(page, 'Conversation menu', 'Add people');
      await dialog(page, 'Add people');
      const people = page.getByRole('dialog').getByRole('listitem').first();
      await people.or(page.getByText('Everyone you could add is here already.')).waitFor();
    },
  },
  {
    name: 'invite',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/');
      await fromMenu(page, /^Space menu/, 'Invite people');
      await dialog(page, 'Invite people');
    },
  },
  {
    name: 'doors',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/doors');
      await heading(page, 'Doors');
      // Every card has taken the message before the picture is taken.
      await page.getByText('Connected', { exact: true }).nth(8).waitFor();
      await page.getByRole('button', { name: 'Send a message' }).click();
      await page.getByText('–', { exact: true }).first().waitFor({ state: 'detached' });
    },
  },
  {
    name: 'space',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/space');
      await heading(page, /member/);
    },
  },
  {
    name: 'nothing-here',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/no/such/address');
      await heading(page, 'There is nothing at this address');
    },
  },
  ...keptScreens,
  ...gettingAroundScreens,
  ...exportScreens,
  ...notificationScreens,
  ...moderationScreens,
  ...pollScreens,
  ...uploadScreens,
];
