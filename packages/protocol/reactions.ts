import { limits } from './limits.ts';
import { MessageIdSchema, Shape, type Static, Type, UserIdSchema } from './schema.ts';

/** One emoji as Unicode recommends it for interchange (RGI), with its skin tones. Anything else is refused. */
export const Emoji = Type.String({ minLength: 1, maxLength: limits.emojiChars });

/** Everybody who reacted to a message with one emoji. */
export const Reaction = Shape({
  emoji: Emoji,
  count: Type.Integer({ minimum: 1 }),
  /** Those who did so first, at most `shownReactors`; all of them by `reaction.list`. */
  users: Type.Array(UserIdSchema),
  /** Set when the asker is one of them. */
  mine: Type.Optional(Type.Literal(true)),
});
export type Reaction = Static<typeof Reaction>;

/** A message's reactions, in the order in which their emoji came onto it; absent without any. */
export const Reactions = Type.Array(Reaction);

const message = MessageIdSchema;

export const reactionCommands = {
  'reaction.add': {
    http: 'PUT /messages/:message/reactions/:emoji',
    params: Shape({ message, emoji: Emoji }),
    result: Shape({ reactions: Reactions }),
    summary: `React to a message with an emoji. Doing so twice changes nothing. At most ${limits.emojiPerMessage} different ones a message.`,
  },
  'reaction.remove': {
    http: 'DELETE /messages/:message/reactions/:emoji',
    params: Shape({ message, emoji: Emoji }),
    result: Shape({ reactions: Reactions }),
    summary: 'Take one’s own reaction back. Doing so twice changes nothing.',
  },
  'reaction.list': {
    http: 'GET /messages/:message/reactions/:emoji',
    params: Shape({
      message,
      emoji: Emoji,
      after: Type.Optional(UserIdSchema),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.peoplePerPage })),
    }),
    result: Shape({ users: Type.Array(UserIdSchema), more: Type.Boolean() }),
    summary: 'Everybody who reacted to a message with an emoji, the first ones first, a page at a time.',
  },
} as const;

/** `by` is who reacted. */
export const reactionEvents = {
  'reaction.added': { data: Shape({ message, emoji: Emoji }) },
  'reaction.removed': {
    data: Shape({
      message,
      emoji: Emoji,
      /** Who is shown from now on because somebody shown is gone, where there are more than are shown. */
      next: Type.Optional(UserIdSchema),
    }),
  },
} as const;
