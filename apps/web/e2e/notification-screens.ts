import type { Screen } from './screens.ts';

/** What one is told of, and why not. */
export const notificationScreens: readonly Screen[] = [
  {
    name: 'settings-notifications',
    signedIn: true,
    open: async (page) => {
      await page.goto('/settings');
      await page.getByText('Threads that you follow').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'notification-test',
    signedIn: true,
    open: async (page) => {
      await page.goto('/notification-test');
      await page.getByText('You muted none.').waitFor();
    },
  },
];
