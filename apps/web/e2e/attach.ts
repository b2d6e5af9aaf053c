import type { Page } from 'playwright-core';

export interface FileToAttach {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A blue square. */
const square = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR42mNgCHiAFTEMLQkAQYtJgRHxrhgAAAAASUVORK5CYII=';

export const bluePicture = (name: string): FileToAttach => ({
  name,
  mimeType: 'image/png',
  buffer: Buffer.from(square, 'base64'),
});

/** Of so many bytes, none of which is like its neighbours. */
export function bytesFile(name: string, size: number): FileToAttach {
  const buffer = Buffer.alloc(size);
  for (let index = 0; index < size; index += 1) buffer[index] = (index * 7 + (index >> 8) * 13) & 0xff;
  return { name, mimeType: 'application/octet-stream', buffer };
}

/** As the dialog of the system does, in the conversation or in the thread beside it. */
export async function attach(page: Page, ...files: FileToAttach[]): Promise<void> {
  await page.locator('input[type=file][multiple]').last().setInputFiles(files);
}

export const tray = (page: Page) => page.getByRole('region', { name: 'Attached files' });

export const chip = (page: Page, name: string) => tray(page).getByRole('listitem').filter({ hasText: name });
