import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { CopyRefused } from './copy-refused.ts';

/**
 * The last line of a backup: SHA-256 of all bytes before it. SQLite leaves alone what comes after its last page, so the
 * file stays one that any SQLite reads, and no byte of it can change unnoticed, whatever it is for.
 */
const form = /^\nconfab backup sha256 ([0-9a-f]{64})\n$/;
export const sealBytes = 87;
const chunkBytes = 1024 * 1024;

export function seal(file: string): void {
  const bytes = statSync(file).size;
  const line = `\nconfab backup sha256 ${hashOf(file, bytes)}\n`;
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, line, bytes);
  } finally {
    closeSync(descriptor);
  }
}

/** @throws `CopyRefused` when the file is not what was sealed. */
export function requireSeal(file: string): void {
  const bytes = statSync(file).size - sealBytes;
  const sealed = bytes > 0 ? form.exec(textAt(file, bytes))?.[1] : undefined;
  if (sealed === undefined) throw new CopyRefused(`${file} is not a backup of Confab's, or not a whole one.`);
  if (sealed !== hashOf(file, bytes))
    throw new CopyRefused(`${file} was damaged or changed since it was written: its SHA-256 is another.`);
}

function textAt(file: string, position: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(sealBytes);
    return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, sealBytes, position));
  } finally {
    closeSync(descriptor);
  }
}

/** Of the first so many bytes, in hex. */
function hashOf(file: string, bytes: number): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(chunkBytes);
  const descriptor = openSync(file, 'r');
  try {
    for (let at = 0; at < bytes; ) {
      const read = readSync(descriptor, buffer, 0, Math.min(chunkBytes, bytes - at), at);
      if (read === 0) break;
      hash.update(buffer.subarray(0, read));
      at += read;
    }
    return hash.digest('hex');
  } finally {
    closeSync(descriptor);
  }
}
