import { operation } from '../operation.ts';
import { auditDays, setAuditDays } from './audit-store.ts';

export const setAuditTerm = operation({
  name: 'moderation.set-audit-term',
  kind: 'write',
  access: { who: 'space', atLeast: 'owner' },
  limit: 'write',
  *run({ actor, reached, tx }, { days }) {
    const space = reached.id;
    if (days === (yield* auditDays(space))) return {};
    yield* setAuditDays(space, days);
    yield* tx.happened({ kind: 'audited', action: 'audit-term-set', space, by: actor.user, detail: `${days}` });
    return {};
  },
});
