import { closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { ClaimLink } from './plan-people.ts';

/** As a cell: quoted, and never read as a formula. */
const cell = (text: string): string => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;

/**
 * The links by which people take over their accounts, one row each. Written before the accounts are, so that none is
 * ever without its link; whoever can read the file can become these people, so only its owner can.
 */
export function writeLinks(file: string, publicUrl: string, links: readonly ClaimLink[]): void {
  if (links.length === 0) return;
  const isNew = !existsSync(file);
  const open = openSync(file, 'a', 0o600);
  try {
    if (isNew) writeSync(open, 'Name,Handle,E-mail,Link\n');
    for (const { person, handle, token } of links) {
      const row = [person.name, handle, person.email, `${publicUrl}/join/${token}`];
      writeSync(open, `${row.map(cell).join(',')}\n`);
    }
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}
