import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isAtLeast } from './roles.ts';
import { withRolesTable } from './testing/roles-table.ts';

it('docs/roles.md says of every operation who may do it (`node scripts/write-roles.ts` writes it anew)', () => {
  const document = readFileSync(new URL('../../docs/roles.md', import.meta.url), 'utf8');
  expect(withRolesTable(document)).toBe(document);
});

it('a moderator stands between members and admins', () => {
  expect([isAtLeast('moderator', 'member'), isAtLeast('moderator', 'admin')]).toEqual([true, false]);
});
