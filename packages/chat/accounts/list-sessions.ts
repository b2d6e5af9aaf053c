import { operation } from '../operation.ts';
import { sessionsOf } from './session-store.ts';

export const listSessions = operation({
  name: 'session.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor, tx }) {
    return { sessions: yield* sessionsOf(actor.user, actor.session, tx.now) };
  },
});
