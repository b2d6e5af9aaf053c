import { operation } from '../operation.ts';
import { choicesOf } from './poll-store.ts';

export const ownVotes = operation({
  name: 'poll.own',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor }, { messages }) {
    const choices = yield* choicesOf(actor.user, messages);
    return { votes: [...choices].map(([message, of]) => ({ message, choices: of })) };
  },
});
