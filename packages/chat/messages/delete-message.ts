import { operation } from '../operation.ts';
import { removeMessage } from './remove-message.ts';

export const deleteMessage = operation({
  name: 'message.delete',
  kind: 'write',
  access: { who: 'message', only: 'author-or-moderator' },
  limit: 'write',
  *run({ actor, reached, tx }, { reason }) {
    return { message: yield* removeMessage(tx, actor.user, reached, reason) };
  },
});
