import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Brings the names in a folder to disk. @throws what the file system says. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
