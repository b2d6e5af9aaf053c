import type { Page } from 'playwright-core';
import { arrive, inRoom } from './arrive.ts';
import { attach, bytesFile } from './attach.ts';
import { picture, tone } from './made-files.ts';
import { composer } from './people.ts';
import type { Screen } from './screens.ts';

const report = { name: 'a-very-long-name-of-a-report-about-oak-boards-2026-final-2.pdf', mimeType: 'application/pdf' };

const removeAll = (page: Page) => page.getByRole('button', { name: 'Remove all' });

/** What is attached stays with the room, also from one screen to the next. */
async function withFiles(page: Page): Promise<void> {
  await composer(page).waitFor();
  if (await removeAll(page).isVisible()) return;
  await attach(
    page,
    { name: 'Workbench.png', mimeType: 'image/png', buffer: await picture(640, 420, 200, 'png') },
    { ...report, buffer: Buffer.from('%PDF-1.4\n') },
    { name: 'Chisel on oak.wav', mimeType: 'audio/wav', buffer: tone(2) },
    bytesFile('ملف-الخشب.bin', 40_000),
  );
  await page.getByText('4 files are attached and ready.').waitFor({ state: 'attached' });
}

/** What is attached, before and while it is sent. */
export const uploadScreens: readonly Screen[] = [
  {
    name: 'upload-tray',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await withFiles(page);
      await composer(page).fill('These are the boards.');
    },
  },
  {
    name: 'describe-upload',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await withFiles(page);
      // Which name it is can be told in English only.
      await page.getByRole('button', { name: 'More for Workbench.png' }).first().click();
      await page.getByRole('menuitem', { name: 'Describe it' }).click();
      await page.getByRole('dialog', { name: 'What does it show?' }).getByRole('img').waitFor();
    },
  },
  {
    name: 'drop-zone',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await composer(page).evaluate((field) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], 'x.txt'));
        field.dispatchEvent(new DragEvent('dragenter', { bubbles: true, dataTransfer }));
      });
      await page.getByText('Drop to attach').waitFor();
    },
  },
  {
    name: 'voice-refused',
    signedIn: true,
    open: async (page, place) => {
      await inRoom(page, place);
      await composer(page).fill('');
      if (await removeAll(page).isVisible()) await removeAll(page).click();
      await page.getByRole('button', { name: 'Record a voice message' }).click();
      await page.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'nothing-shared',
    signedIn: true,
    open: async (page) => {
      await arrive(page, '/share');
      await page.getByRole('heading', { name: 'Nothing was shared' }).waitFor();
    },
  },
];
