import { operation } from '../operation.ts';
import { choicesOf, putVote, wholePoll } from './poll-store.ts';
import { openPoll } from './reached-poll.ts';
import { tellStanding } from './tell-standing.ts';
import { tellOwnVote } from './vote.ts';

export const retractVote = operation({
  name: 'poll.retract',
  kind: 'write',
  access: { who: 'message', only: 'members' },
  limit: 'write',
  *run({ actor: { user }, reached, tx }) {
    const { id: message, room } = reached;
    const poll = yield* openPoll(reached, user, tx.now);
    if (!(yield* choicesOf(user, [message])).has(message)) return { poll: yield* wholePoll(poll) };
    yield* putVote(message, user, [], 0);
    const told = yield* tellStanding(tx, 'poll.voted', room.id, poll.terms.anonymous ? null : user, poll);
    yield* tellOwnVote(tx, user, { message, choices: [] });
    return { poll: told };
  },
});
