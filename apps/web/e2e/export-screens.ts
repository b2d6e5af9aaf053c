import { arrive } from './arrive.ts';
import type { Screen } from './screens.ts';

/** What one takes along. */
export const exportScreens: readonly Screen[] = [
  {
    name: 'settings-exports',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/settings');
      const download = page.getByRole('link', { name: 'Download Your data' });
      const put = page.getByRole('button', { name: 'Put my data together' });
      await put.waitFor();
      await page.waitForLoadState('networkidle');
      if ((await download.count()) === 0) await put.click();
      await download.first().waitFor();
      await put.scrollIntoViewIfNeeded();
    },
  },
];
