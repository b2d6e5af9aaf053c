import type { Role } from '@confab/protocol';
import type { Access } from '../access.ts';
import { operations } from '../operations.ts';
import { isAtLeast } from '../roles.ts';

const roles: readonly Role[] = ['owner', 'admin', 'moderator', 'member', 'guest'];

/** Which roles are enough by themselves, and on which condition; `or` is enough for every role. */
interface Power {
  readonly least: Role;
  readonly where: string;
  readonly or?: string;
}

const ofMessages = {
  readers: { least: 'guest', where: 'who may see its room' },
  members: { least: 'guest', where: 'in its room' },
  author: { least: 'guest', where: 'one’s own, in its room' },
  'author-or-moderator': { least: 'moderator', where: 'who may see its room', or: 'one’s own' },
} as const satisfies Record<string, Power>;

const ofFiles = {
  readers: { least: 'guest', where: 'who may see its room; before it is posted one’s own' },
  sender: { least: 'guest', where: 'one’s own, in its room' },
} as const satisfies Record<string, Power>;

function powerOf(access: Access): Power {
  switch (access.who) {
    case 'anyone':
      return { least: 'guest', where: 'signed in or not' };
    case 'user':
      return { least: 'guest', where: 'signed in' };
    case 'instance-owner':
      return { least: 'owner', where: 'of the oldest space' };
    case 'space':
      return { least: access.atLeast, where: 'in the space' };
    case 'room':
      return { least: access.atLeast, where: 'in the room' };
    case 'visible-room': {
      const others = [access.orCreator ? 'a room that one made' : '', access.orInGroup ? 'a group that one is in' : ''];
      const or = others.filter((other) => other !== '').join(', ');
      return { least: access.atLeast, where: 'who may see the room', ...(or === '' ? {} : { or }) };
    }
    case 'message':
      return ofMessages[access.only];
    case 'file':
      return ofFiles[access.only];
    case 'reported-message':
      return { least: 'moderator', where: 'in its space' };
    case 'invite':
    case 'webhook':
      return { least: 'admin', where: 'in its space' };
  }
}

function rowOf(name: string, access: Access): string {
  const { least, where, or } = powerOf(access);
  const cells = roles.map((role) => (isAtLeast(role, least) ? 'yes' : or === undefined ? '' : 'own'));
  return `| \`${name}\` | ${cells.join(' | ')} | ${or === undefined ? where : `${where}; own: ${or}`} |`;
}

/** Every operation and who may do it, from what the operations declare, as a table of `docs/roles.md`. */
export function rolesTable(): string {
  const head = `| operation | ${roles.join(' | ')} | where |\n|${' --- |'.repeat(roles.length + 2)}`;
  return [head, ...Object.values(operations).map(({ name, access }) => rowOf(name, access))].join('\n');
}

const from = '<!-- table of operations: written by scripts/write-roles.ts -->';
const to = '<!-- end of the table -->';

/** The document with the table as it is now. */
export function withRolesTable(document: string): string {
  const [start, end] = [document.indexOf(from), document.indexOf(to)];
  if (start < 0 || end < start) throw new Error('The document has no place for the table.');
  return `${document.slice(0, start)}${from}\n\n${rolesTable()}\n\n${document.slice(end)}`;
}
