import { limits } from './limits.ts';
import { PictureHash } from './picture-hash.ts';
import {
  CustomEmojiIdSchema,
  Nothing,
  Shape,
  SpaceIdSchema,
  type Static,
  Timestamp,
  Type,
  UserIdSchema,
} from './schema.ts';

/** What stands between the colons. */
const name = Type.String({
  minLength: 2,
  maxLength: limits.customEmojiNameChars,
  pattern: '^[a-z0-9][a-z0-9_+-]*$',
});
/** Further names for it. */
const aliases = Type.Array(name, { maxItems: limits.customEmojiAliases, uniqueItems: true });
/** The file as base64. */
const file = Type.String({
  minLength: 4,
  maxLength: Math.ceil(limits.customEmojiBytes / 3) * 4,
  pattern: '^[A-Za-z0-9+/]+={0,2}$',
});
const picture = PictureHash;

/** An emoji of a space's own, written as `:name:`. */
export const CustomEmoji = Shape({
  id: CustomEmojiIdSchema,
  space: SpaceIdSchema,
  name,
  aliases,
  picture,
  by: UserIdSchema,
  at: Timestamp,
});
export type CustomEmoji = Static<typeof CustomEmoji>;

const PictureType = Type.Union([Type.Literal('image/png'), Type.Literal('image/gif'), Type.Literal('image/webp')]);
export type PictureType = Static<typeof PictureType>;

const space = SpaceIdSchema;
const emoji = CustomEmojiIdSchema;

export const customEmojiCommands = {
  'emoji.list': {
    http: 'GET /spaces/:space/emoji',
    params: Shape({ space }),
    result: Shape({ emoji: Type.Array(CustomEmoji) }),
    summary: 'The emoji that a space has of its own, by name.',
  },
  'emoji.add': {
    http: 'POST /spaces/:space/emoji',
    params: Shape({ space, name, file }),
    result: Shape({ emoji: CustomEmoji }),
    summary: `Add an emoji to a space: a PNG, GIF or WebP of at most ${limits.customEmojiBytes / 1024} KiB and ${limits.customEmojiPixels} pixels, as base64. Larger than what a connection takes in one frame: ask over HTTP.`,
  },
  'emoji.rename': {
    http: 'PATCH /spaces/:space/emoji/:emoji',
    params: Shape({ space, emoji, name, aliases }),
    result: Shape({ emoji: CustomEmoji }),
    summary: 'Give an emoji of a space another name, and say by which further names it is found.',
  },
  'emoji.remove': {
    http: 'DELETE /spaces/:space/emoji/:emoji',
    params: Shape({ space, emoji }),
    result: Nothing,
    summary: 'Take an emoji out of a space. Where it was written its name stays as text.',
  },
  'emoji.picture': {
    http: 'GET /spaces/:space/emoji/pictures/:picture',
    params: Shape({ space, picture }),
    result: Shape({ type: PictureType, file }),
    summary:
      'The picture of an emoji of a space, as base64. As a file it is at `/api/v1/spaces/:space/pictures/:picture`.',
  },
} as const;

/** In the space's log. */
export const customEmojiEvents = {
  'space.emoji-changed': { data: Shape({ emoji: CustomEmoji }) },
  'space.emoji-removed': { data: Shape({ emoji: CustomEmojiIdSchema }) },
} as const;
