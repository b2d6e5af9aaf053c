import type { AuditEntry, Decision, Role } from '@confab/protocol';
import { t } from '../../language/sentences.ts';
import { roleName } from '../spaces/role-names.ts';
import { decisionNames } from './decision-names.ts';

/** What an entry came to, in words; empty where its action says it all. */
export function auditDetail({ action, detail }: AuditEntry): string {
  if (detail === undefined) return '';
  switch (action) {
    case 'role-set':
    case 'person-joined':
    case 'invite-created':
      return roleName(detail as Role);
    case 'report-decided':
      return decisionNames()[detail as Decision] ?? detail;
    case 'word-filter-set':
      return t('Entries: {count}', { count: detail });
    case 'audit-term-set':
      return t('Days: {days}', { days: detail });
    case 'room-rules-set':
      return '';
    default:
      return detail;
  }
}
