import type { Page } from 'playwright-core';
import { arrive, inRoom } from './arrive.ts';
import { picture, tone } from './made-files.ts';
import { composer } from './people.ts';
import type { Place, Screen } from './screens.ts';
import { sendFile } from './send-files.ts';

/** Asks the server with the session of the page. */
function ask(page: Page, method: string, path: string, body?: object): Promise<never> {
  return page.evaluate(
    async (asked) => {
      const { method, path, body } = asked;
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`/api/v1${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return (await answer.json()) as never;
    },
    { method, path, body },
  );
}

/** The newest messages of the room that are still there. */
async function someMessages(page: Page, { room }: Place): Promise<{ id: string }[]> {
  const { messages } = (await ask(page, 'GET', `${room}/messages`)) as { messages: { id: string; deletedAt: null }[] };
  return messages.filter(({ deletedAt }) => deletedAt === null).slice(-3);
}

/** Every round begins with nothing kept. */
async function forgetAll(page: Page): Promise<void> {
  const { scheduled } = (await ask(page, 'GET', '/scheduled')) as { scheduled: { id: string }[] };
  const { reminders } = (await ask(page, 'GET', '/reminders')) as { reminders: { message: { id: string } }[] };
  const { bookmarks } = (await ask(page, 'GET', '/bookmarks')) as { bookmarks: { message: { id: string } }[] };
  for (const { id } of scheduled) await ask(page, 'DELETE', `/scheduled/${id}`);
  for (const { message } of reminders) await ask(page, 'DELETE', `/messages/${message.id}/reminder`);
  for (const { message } of bookmarks) await ask(page, 'DELETE', `/messages/${message.id}/bookmark`);
}

/** What one keeps for oneself, and what is sent later. */
export const keptScreens: readonly Screen[] = [
  {
    name: 'saved-empty',
    signedIn: true,
    open: async (page) => {
      await forgetAll(page);
      await arrive(page, '/saved');
      await page.getByText('Nothing is saved').waitFor();
    },
  },
  {
    name: 'saved',
    signedIn: true,
    open: async (page, place) => {
      const [first, second, third] = await someMessages(page, place);
      await ask(page, 'PUT', `/messages/${first?.id}/bookmark`, { note: 'For the next meeting' });
      await ask(page, 'PUT', `/messages/${second?.id}/bookmark`, {});
      await ask(page, 'PUT', `/messages/${third?.id}/reminder`, { dueAt: Date.now() + 86_400_000 });
      await arrive(page, '/saved');
      await page.getByRole('heading', { name: 'Saved messages' }).waitFor();
    },
  },
  {
    name: 'scheduled',
    signedIn: true,
    open: async (page, { room }) => {
      const { scheduled } = (await ask(page, 'GET', '/scheduled')) as { scheduled: unknown[] };
      if (scheduled.length === 0) {
        const attached = [
          { name: 'Workbench.png', bytes: await picture(640, 420, 200, 'png') },
          { name: 'Chisel on oak.wav', bytes: tone(2) },
          { name: 'ملف-الخشب.bin', bytes: Buffer.alloc(40_000, 7) },
        ];
        const id = room.split('/').at(-1) ?? '';
        const files = await Promise.all(attached.map((file) => sendFile(page, id, file)));
        const messages = [{ text: 'Reminder: the review is at *ten*.' }, { text: 'Happy birthday! 🎂', files }];
        for (const [index, message] of messages.entries()) {
          const dueAt = Date.now() + (index + 1) * 86_400_000;
          await ask(page, 'POST', `${room}/scheduled`, { clientId: `screen-${index}-${dueAt}`, dueAt, ...message });
        }
      }
      await arrive(page, '/scheduled');
      await page.getByText('Happy birthday').waitFor();
    },
  },
  {
    name: 'send-later',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await composer(page).fill('See you tomorrow');
      await page.getByRole('button', { name: 'Send later' }).click();
      await page.getByRole('dialog', { name: 'Send later' }).waitFor();
    },
  },
  {
    name: 'reminder-due',
    signedIn: true,
    open: async (page, place) => {
      const [first] = await someMessages(page, place);
      await inRoom(page, place);
      await ask(page, 'PUT', `/messages/${first?.id}/reminder`, { dueAt: Date.now() + 1_000 });
      await page.getByRole('region', { name: 'Reminder' }).waitFor();
    },
  },
  {
    name: 'message-taken-back',
    signedIn: true,
    open: async (page, place) => {
      await ask(page, 'PATCH', '/account/settings', { undoSendMs: 10_000 });
      await inRoom(page, place);
      await composer(page).fill('This goes in a moment');
      await composer(page).press('Enter');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      await ask(page, 'PATCH', '/account/settings', { undoSendMs: 0 });
    },
  },
];
