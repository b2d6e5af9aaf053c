import type { Role } from '@confab/protocol';

const rank: Readonly<Record<Role, number>> = { guest: 0, member: 1, moderator: 2, admin: 3, owner: 4 };

export function isAtLeast(role: Role, least: Role): boolean {
  return rank[role] >= rank[least];
}
