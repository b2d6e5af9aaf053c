import type { Role } from '@confab/protocol';
import { t } from '../../language/sentences.ts';

/** What each role is called and may do, highest first. */
export const roleNames = (): readonly { value: Role; label: string; may: string }[] => [
  { value: 'owner', label: t('Owner'), may: t('Everything, and decides who else is an owner') },
  { value: 'admin', label: t('Admin'), may: t('Invites people, looks after rooms and settings') },
  { value: 'moderator', label: t('Moderator'), may: t('Looks after what is said, and who may say it') },
  { value: 'member', label: t('Member'), may: t('Talks in rooms, makes and finds rooms') },
  { value: 'guest', label: t('Guest'), may: t('Sees only the rooms they were added to') },
];

export function roleName(role: Role): string {
  return roleNames().find(({ value }) => value === role)?.label ?? role;
}
