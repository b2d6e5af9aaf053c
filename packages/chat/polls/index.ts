export { closeDuePoll, closePoll } from './close-poll.ts';
export { createPoll } from './create-poll.ts';
export { dropPoll } from './drop-poll.ts';
export { listVoters } from './list-voters.ts';
export { ownVotes } from './own-votes.ts';
export { pollsOf } from './poll-store.ts';
export { retractVote } from './retract-vote.ts';
export { vote } from './vote.ts';
