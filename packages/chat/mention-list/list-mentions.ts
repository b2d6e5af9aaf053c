import { limits } from '@confab/protocol/limits.ts';
import { peopleByIds } from '../accounts/index.ts';
import { mentionsOf } from '../mentions/index.ts';
import { messagesInAnyRoom } from '../messages/index.ts';
import { operation } from '../operation.ts';

export const listMentions = operation({
  name: 'mention.list',
  kind: 'read',
  access: { who: 'user' },
  limit: 'read',
  *run({ actor, tx }, { before, limit = limits.messagesPerPage }) {
    const ids = yield* mentionsOf(actor.user, before, limit + 1);
    const found = yield* messagesInAnyRoom(ids.slice(0, limit));
    const messages = yield* tx.withParts(actor.user, found);
    messages.sort((a, b) => (a.id < b.id ? 1 : -1));
    const people = yield* peopleByIds([...new Set(messages.map(({ author }) => author))]);
    return { messages, people, more: ids.length > limit };
  },
});
