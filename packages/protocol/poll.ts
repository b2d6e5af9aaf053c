import { limits } from './limits.ts';
import { Shape, type Static, Timestamp, Type, UserIdSchema } from './schema.ts';

/** What one may vote for. */
export const PollOption = Type.String({ minLength: 1, maxLength: limits.pollOptionChars, pattern: '\\S' });

/** What is asked, and how. What a poll asks is its message's text. */
const terms = {
  options: Type.Array(PollOption, { minItems: limits.pollOptions.min, maxItems: limits.pollOptions.max }),
  /** Set where one may vote for several options. */
  several: Type.Optional(Type.Literal(true)),
  /** Set where nobody is told who voted. */
  anonymous: Type.Optional(Type.Literal(true)),
  /** Set where nobody is told how the vote stands before the poll is closed. */
  hidden: Type.Optional(Type.Literal(true)),
  /** When it is closed by itself. */
  closesAt: Type.Optional(Timestamp),
};
export const PollTerms = Shape(terms);
export type PollTerms = Static<typeof PollTerms>;

/** Votes for one option; `users`: those who voted first, unless the poll is anonymous. */
export const OptionTally = Shape({
  count: Type.Integer({ minimum: 0 }),
  users: Type.Optional(Type.Array(UserIdSchema, { maxItems: limits.shownVoters })),
});
export type OptionTally = Static<typeof OptionTally>;

/** How a vote stands: `voters` people voted. `tally`, by option, is absent as long as it is hidden. */
const standing = {
  voters: Type.Integer({ minimum: 0 }),
  tally: Type.Optional(Type.Array(OptionTally)),
};
export const PollStanding = Shape(standing);
export type PollStanding = Static<typeof PollStanding>;

/** A message's poll, the same for everyone who may see it: one's own vote is told apart from it. */
export const Poll = Shape({ ...terms, ...standing, closedAt: Type.Optional(Timestamp) });
export type Poll = Static<typeof Poll>;
