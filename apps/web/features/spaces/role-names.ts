import type { Role } from '@confab/protocol';

/** What each role is called and may do, highest first. */
export const roleNames: readonly { value: Role; label: string; may: string }[] = [
  { value: 'owner', label: 'Owner', may: 'Everything, and decides who else is an owner' },
  { value: 'admin', label: 'Admin', may: 'Invites people, looks after rooms and settings' },
  { value: 'moderator', label: 'Moderator', may: 'Looks after what is said, and who may say it' },
  { value: 'member', label: 'Member', may: 'Talks in rooms, makes and finds rooms' },
  { value: 'guest', label: 'Guest', may: 'Sees only the rooms they were added to' },
];

export function roleName(role: Role): string {
  return roleNames.find(({ value }) => value === role)?.label ?? role;
}
