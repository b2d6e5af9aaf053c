import { arrive } from './arrive.ts';
import type { Screen } from './screens.ts';

/** What one sets for oneself: above all what one is told of, when, and why not. */
export const notificationScreens: readonly Screen[] = [
  {
    name: 'quiet-hours',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/settings');
      await page.getByLabel('Quiet hours every week').check();
      await page.getByText(/^They end on the next day/).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'settings',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/settings');
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
    },
  },
  {
    name: 'settings-notifications',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/settings');
      await page.getByText('Threads that you follow').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'verify-email',
    signedIn: false,
    open: async (page) => {
      await page.goto(`/verify-email/${'a'.repeat(43)}`);
      await page.getByRole('button', { name: 'Confirm this address' }).waitFor();
    },
  },
  {
    name: 'unsubscribe',
    signedIn: false,
    open: async (page) => {
      await page.goto(`/unsubscribe/${'a'.repeat(43)}`);
      await page.getByRole('button', { name: 'Stop these mails' }).waitFor();
    },
  },
  {
    name: 'notification-test',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/notification-test');
      await page.getByText('You muted none.').waitFor();
    },
  },
];
