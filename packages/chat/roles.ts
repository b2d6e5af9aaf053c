import type { Role } from '@confab/protocol';

const rank: Readonly<Record<Role, number>> = { guest: 0, member: 1, admin: 2, owner: 3 };

export function isAtLeast(role: Role, least: Role): boolean {
  return rank[role] >= rank[least];
}
