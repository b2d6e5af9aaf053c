import type { Poll, PollTerms } from './poll.ts';

/** A poll as it begins, before anybody voted. */
export function begunPoll(asked: PollTerms): Poll {
  const none = asked.anonymous ? { count: 0 } : { count: 0, users: [] };
  return { ...asked, voters: 0, ...(asked.hidden ? {} : { tally: asked.options.map(() => ({ ...none })) }) };
}
