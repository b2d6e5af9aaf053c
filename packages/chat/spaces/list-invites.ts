import { operation } from '../operation.ts';
import { usableInvites } from './invite-store.ts';

export const listInvites = operation({
  name: 'invite.list',
  kind: 'read',
  access: { who: 'space', atLeast: 'admin' },
  limit: 'read',
  *run({ reached, tx }) {
    return { invites: yield* usableInvites(reached.id, tx.now) };
  },
});
