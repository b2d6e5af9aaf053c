import { limits } from '@confab/protocol/limits.ts';
import { peopleByIds } from '../accounts/index.ts';
import { operation } from '../operation.ts';
import { auditDays, auditEntries, oldestKept } from './audit-store.ts';

export const listAudit = operation({
  name: 'moderation.audit',
  kind: 'read',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'read',
  *run({ reached, tx }, { limit = limits.moderationPerPage, ...wanted }) {
    const days = yield* auditDays(reached.id);
    const found = yield* auditEntries(wanted, oldestKept(days, tx.now), limit + 1);
    const entries = found.slice(0, limit);
    const named = entries.flatMap(({ by, user }) => (user ? [by, user] : [by]));
    return { entries, people: yield* peopleByIds([...new Set(named)]), more: found.length > limit, days };
  },
});
