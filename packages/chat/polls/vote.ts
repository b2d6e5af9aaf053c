import type { OwnVote, PollTerms, UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { inboxLog } from '@confab/protocol/ids.ts';
import type { Step } from '@confab/storage';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import type { Transaction } from '../transaction.ts';
import { choicesOf, nextTurn, putVote, wholePoll } from './poll-store.ts';
import { openPoll } from './reached-poll.ts';
import { tellStanding } from './tell-standing.ts';

function checkChoices(choices: readonly number[], { options, several }: PollTerms): void {
  if (choices.some((choice) => choice >= options.length)) {
    throw new Refusal('invalid-params', { path: '/choices', problem: 'not an option of this poll' });
  }
  if (choices.length > 1 && !several) {
    throw new Refusal('invalid-params', { path: '/choices', problem: 'only one option can be chosen' });
  }
}

/** Tells somebody's own devices what they voted for; nobody else is, by this or by anything in an anonymous poll. */
export function* tellOwnVote(tx: Transaction, user: UserId, vote: OwnVote): Step<void> {
  yield* append(tx, {
    log: inboxLog(user),
    name: 'inbox.poll-voted',
    by: user,
    data: vote,
    subject: vote.message,
  });
}

export const vote = operation({
  name: 'poll.vote',
  kind: 'write',
  access: { who: 'message', only: 'members' },
  limit: 'write',
  *run({ actor: { user }, reached, tx }, params) {
    const { id: message, room } = reached;
    const poll = yield* openPoll(reached, user, tx.now);
    checkChoices(params.choices, poll.terms);
    const choices = [...params.choices].sort((one, other) => one - other);
    const before = (yield* choicesOf(user, [message])).get(message) ?? [];
    if (before.join() === choices.join()) return { poll: yield* wholePoll(poll) };
    yield* putVote(message, user, choices, yield* nextTurn(message));
    const by = poll.terms.anonymous ? null : user;
    const told = yield* tellStanding(tx, 'poll.voted', room.id, by, poll);
    yield* tellOwnVote(tx, user, { message, choices });
    return { poll: told };
  },
});
