import { limits } from './limits.ts';
import { Poll, PollStanding, PollTerms } from './poll.ts';
import {
  ClientIdSchema,
  Epoch,
  MessageIdSchema,
  RoomIdSchema,
  Seq,
  Shape,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';

const message = MessageIdSchema;

/** An option by its place, from 0 on. */
const Option = Type.Integer({ minimum: 0, maximum: limits.pollOptions.max - 1 });
const Choices = Type.Array(Option, { maxItems: limits.pollOptions.max, uniqueItems: true });

/** What one voted for oneself; no choices: one did not, or took it back. */
export const OwnVote = Shape({ message, choices: Choices });
export type OwnVote = Static<typeof OwnVote>;

const answer = Shape({ poll: Poll });

export const pollCommands = {
  'poll.create': {
    http: 'POST /rooms/:room/polls',
    params: Shape({
      room: RoomIdSchema,
      clientId: ClientIdSchema,
      /** What is asked. */
      text: Type.String({ maxLength: limits.messageChars * 8 }),
      poll: PollTerms,
      thread: Type.Optional(MessageIdSchema),
    }),
    result: Shape({ id: MessageIdSchema, epoch: Epoch, seq: Seq, postedAt: Timestamp }),
    summary: 'Post a message that people vote on. The same clientId in the same room again gives the same answer.',
  },
  'poll.vote': {
    http: 'PUT /messages/:message/vote',
    params: Shape({
      message,
      choices: Type.Array(Option, { minItems: 1, maxItems: limits.pollOptions.max, uniqueItems: true }),
    }),
    result: answer,
    summary: 'Vote for one option, or for several where that is allowed, instead of what one voted for before.',
  },
  'poll.retract': {
    http: 'DELETE /messages/:message/vote',
    params: Shape({ message }),
    result: answer,
    summary: 'Take one’s vote back. Doing so twice changes nothing.',
  },
  'poll.close': {
    http: 'POST /messages/:message/close-poll',
    params: Shape({ message }),
    result: answer,
    summary: 'End the vote on one’s own poll, or as a moderator on anyone’s, for good. Doing so twice changes nothing.',
  },
  'poll.own': {
    http: 'POST /polls/own',
    params: Shape({ messages: Type.Array(message, { minItems: 1, maxItems: limits.messagesPerPage }) }),
    result: Shape({ votes: Type.Array(OwnVote) }),
    summary: 'What one voted for on these messages. Those that one did not vote on are left out.',
  },
  'poll.voters': {
    http: 'GET /messages/:message/voters',
    params: Shape({
      message,
      option: Option,
      after: Type.Optional(UserIdSchema),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.peoplePerPage })),
    }),
    result: Shape({ users: Type.Array(UserIdSchema), more: Type.Boolean() }),
    summary: 'Everybody who voted for an option, the first ones first, a page at a time. Not of an anonymous poll.',
  },
} as const;

const stands = Shape({ message, ...PollStanding.properties });

/** How the vote stands from now on. `by` is who voted or closed it; nobody for a vote on an anonymous poll. */
export const pollEvents = {
  'poll.voted': { data: stands },
  'poll.closed': { data: stands },
  'inbox.poll-voted': { data: OwnVote },
} as const;
