import type { AuditAction } from '@confab/protocol';

/** What was done, as the record calls it after the name of whoever did it. */
export const actionNames: Readonly<Record<AuditAction, string>> = {
  'person-muted': 'muted',
  'person-unmuted': 'unmuted',
  'person-banned': 'banned',
  'person-unbanned': 'lifted the ban of',
  'person-warned': 'warned',
  'person-removed': 'removed from the space',
  'person-joined': 'joined the space',
  'role-set': 'changed the role of',
  'message-deleted': 'deleted a message of',
  'report-decided': 'decided about a report of',
  'room-person-removed': 'removed from a room',
  'room-rules-set': 'changed who may post in a room',
  'room-renamed': 'renamed a room',
  'room-archived': 'archived a room',
  'room-unarchived': 'opened a room again',
  'space-renamed': 'renamed the space',
  'invite-created': 'made an invitation',
  'invite-revoked': 'withdrew an invitation',
  'webhook-created': 'made a webhook',
  'webhook-revoked': 'ended a webhook',
  'word-filter-set': 'changed the word filter',
  'audit-term-set': 'changed how long the record is kept',
  'signed-in': 'signed in',
};

export const actionOptions: readonly { value: AuditAction | 'any'; label: string }[] = [
  { value: 'any', label: 'Everything' },
  ...(Object.entries(actionNames) as [AuditAction, string][]).map(([value, label]) => ({ value, label })),
];
