import { peopleByIds } from '../accounts/index.ts';
import { messagesInAnyRoom } from '../messages/index.ts';
import { operation } from '../operation.ts';
import { pinnedIn } from './pin-store.ts';

export const listPins = operation({
  name: 'message.pins',
  kind: 'read',
  access: { who: 'visible-room', atLeast: 'guest' },
  limit: 'read',
  *run({ actor, reached, tx }) {
    const ids = yield* pinnedIn(reached.id);
    const found = new Map((yield* messagesInAnyRoom(ids)).map((message) => [message.id, message]));
    const messages = yield* tx.withParts(
      actor.user,
      ids.flatMap((id) => found.get(id) ?? []),
    );
    const named = messages.flatMap(({ author, pinned }) => (pinned ? [author, pinned.by] : [author]));
    return { messages, people: yield* peopleByIds([...new Set(named)]) };
  },
});
