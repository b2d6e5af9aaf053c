import type { Page } from 'playwright-core';
import { arrive } from './arrive.ts';
import { composer } from './people.ts';
import type { Place, Screen } from './screens.ts';

const tab = async (page: Page, name: string) => {
  await arrive(page, '/moderation');
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tabpanel', { name }).waitFor();
};

/** On a message of somebody else. */
async function openReport(page: Page, room: string): Promise<void> {
  await page.goto(room);
  await composer(page).waitFor();
  const { me } = await (await page.request.get('/api/v1/account/home')).json();
  const others = page.getByRole('article').filter({ hasNotText: me.name });
  await others.last().focus();
  await page
    .getByRole('toolbar', { name: 'Message actions' })
    .getByRole('button', { name: 'More actions' })
    .press('Enter');
  await page.getByRole('menuitem', { name: 'Report to moderators' }).click();
  await page.getByRole('dialog', { name: 'Report this message' }).waitFor();
}

/** Asks the server, with the session of the page. */
async function ask(page: Page, method: string, path: string, body: object): Promise<void> {
  await page.evaluate(
    async ([way, where, sent]) => {
      const headers = { 'content-type': 'application/json' };
      await fetch(`/api/v1${where}`, { method: way as string, headers, body: sent as string });
    },
    [method, path, JSON.stringify(body)],
  );
}

async function idsOf(page: Page, room: string): Promise<{ space: string; message: string }> {
  const answer = await (await page.request.get(`/api/v1${room}/messages?limit=10`)).json();
  const home = await (await page.request.get('/api/v1/account/home')).json();
  const theirs = answer.messages.find(
    (each: { author: string; deletedAt: number | null }) => each.author !== home.me.id && each.deletedAt === null,
  );
  return { space: home.spaces[0].id, message: theirs?.id ?? answer.messages[0].id };
}

/** Has a message reported, and shows the queue. */
async function report(page: Page, { room }: Place): Promise<void> {
  await arrive(page, room);
  const { message } = await idsOf(page, room);
  await ask(page, 'POST', `/messages/${message}/reports`, { reason: 'harassment', note: 'Please have a look.' });
  await tab(page, 'Reports');
}

/** Where those who look after what is said do so, and what others see of it. */
export const moderationScreens: readonly Screen[] = [
  {
    name: 'report',
    signedIn: true,
    open: (page, { room }) => openReport(page, room),
  },
  {
    name: 'moderation-reports',
    signedIn: true,
    open: async (page, place) => {
      await report(page, place);
      await page.getByRole('button', { name: 'Decide' }).first().waitFor();
    },
  },
  {
    name: 'moderation-decide',
    signedIn: true,
    open: async (page, place) => {
      await report(page, place);
      await page.getByRole('button', { name: 'Decide' }).first().click();
      await page.getByLabel('Decision').selectOption('mute');
    },
  },
  {
    name: 'moderation-people',
    signedIn: true,
    open: async (page, { room }) => {
      await arrive(page, room);
      const { space } = await idsOf(page, room);
      const { members } = await (await page.request.get(`/api/v1/spaces/${space}/members`)).json();
      const other = members.findLast((member: { role: string }) => member.role === 'member');
      const measure = { user: other.person.id, reason: 'Too many links in a row.', until: Date.now() + 86_400_000 };
      await ask(page, 'POST', `/spaces/${space}/mutes`, measure);
      await tab(page, 'Muted and banned');
      await page.getByRole('button', { name: 'Unmute' }).first().waitFor();
    },
  },
  {
    name: 'moderation-words',
    signedIn: true,
    open: async (page) => {
      await tab(page, 'Word filter');
      await page.getByRole('button', { name: 'Add words' }).click();
      await page.getByRole('textbox', { name: 'Words' }).last().fill('free money');
    },
  },
  {
    name: 'moderation-record',
    signedIn: true,
    open: async (page) => {
      await tab(page, 'Record');
      await page.getByLabel('Keep entries for').waitFor();
    },
  },
  { name: 'moderation-roles', signedIn: true, open: (page) => tab(page, 'Roles') },
];
