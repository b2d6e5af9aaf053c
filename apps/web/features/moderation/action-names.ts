import type { AuditAction } from '@confab/protocol';
import { type Sentence, sentence, t } from '../../language/sentences.ts';

interface ActionWords {
  /** Among the kinds that can be asked for. */
  readonly label: Sentence;
  /** In the record: `by` did it, `person` is whom it concerned. */
  readonly told: Sentence;
}

/** What was done, in words. */
export const actionWords: Readonly<Record<AuditAction, ActionWords>> = {
  'person-muted': { label: sentence('muted'), told: sentence('<by/> muted <person/>') },
  'person-unmuted': { label: sentence('unmuted'), told: sentence('<by/> unmuted <person/>') },
  'person-banned': { label: sentence('banned'), told: sentence('<by/> banned <person/>') },
  'person-unbanned': { label: sentence('lifted the ban of'), told: sentence('<by/> lifted the ban of <person/>') },
  'person-warned': { label: sentence('warned'), told: sentence('<by/> warned <person/>') },
  'person-removed': {
    label: sentence('removed from the space'),
    told: sentence('<by/> removed from the space <person/>'),
  },
  'person-joined': { label: sentence('joined the space'), told: sentence('<by/> joined the space') },
  'role-set': { label: sentence('changed the role of'), told: sentence('<by/> changed the role of <person/>') },
  'message-deleted': {
    label: sentence('deleted a message of'),
    told: sentence('<by/> deleted a message of <person/>'),
  },
  'file-removed': {
    label: sentence('removed a file of'),
    told: sentence('<by/> removed a file from a message of <person/>'),
  },
  'report-decided': {
    label: sentence('decided about a report'),
    told: sentence('<by/> decided about a report on <person/>'),
  },
  'room-person-removed': {
    label: sentence('removed from a room'),
    told: sentence('<by/> removed from a room <person/>'),
  },
  'room-rules-set': {
    label: sentence('changed who may post in a room'),
    told: sentence('<by/> changed who may post in a room'),
  },
  'room-renamed': { label: sentence('renamed a room'), told: sentence('<by/> renamed a room') },
  'room-archived': { label: sentence('archived a room'), told: sentence('<by/> archived a room') },
  'room-unarchived': { label: sentence('opened a room again'), told: sentence('<by/> opened a room again') },
  'space-renamed': { label: sentence('renamed the space'), told: sentence('<by/> renamed the space') },
  'invite-created': { label: sentence('made an invitation'), told: sentence('<by/> made an invitation') },
  'invite-revoked': { label: sentence('withdrew an invitation'), told: sentence('<by/> withdrew an invitation') },
  'webhook-created': { label: sentence('made a webhook'), told: sentence('<by/> made the webhook <person/>') },
  'webhook-revoked': { label: sentence('ended a webhook'), told: sentence('<by/> ended the webhook <person/>') },
  'word-filter-set': { label: sentence('changed the word filter'), told: sentence('<by/> changed the word filter') },
  'audit-term-set': {
    label: sentence('changed how long the record is kept'),
    told: sentence('<by/> changed how long the record is kept'),
  },
  'signed-in': { label: sentence('signed in'), told: sentence('<by/> signed in') },
};

export const actionOptions = (): readonly { value: AuditAction | 'any'; label: string }[] => [
  { value: 'any', label: t('Everything') },
  ...(Object.entries(actionWords) as [AuditAction, ActionWords][]).map(([value, { label }]) => ({
    value,
    label: t(label),
  })),
];
