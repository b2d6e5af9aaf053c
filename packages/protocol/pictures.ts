import { limits } from './limits.ts';
import { Person } from './people.ts';
import { PictureHash } from './picture-hash.ts';
import { Nothing, Nullable, RoomIdSchema, Shape, SpaceIdSchema, type Static, Type } from './schema.ts';

/** The file as base64. */
const file = Type.String({
  minLength: 4,
  maxLength: Math.ceil(limits.pictureBytes / 3) * 4,
  pattern: '^[A-Za-z0-9+/]+={0,2}$',
});

const StillType = Type.Union([Type.Literal('image/png'), Type.Literal('image/jpeg'), Type.Literal('image/webp')]);
/** What the picture of a person, room or space can be. */
export type StillType = Static<typeof StillType>;

const room = RoomIdSchema;
const space = SpaceIdSchema;
const picture = PictureHash;

const kinds = `a PNG, JPEG or WebP of at most ${limits.pictureBytes / 1024} KiB and ${limits.picturePixels} pixels a side, as base64. What it says besides the picture is left out. Larger than what a connection takes in one frame: ask over HTTP.`;

export const pictureCommands = {
  'account.set-picture': {
    http: 'PUT /account/picture',
    params: Shape({ file }),
    result: Person,
    summary: `Give oneself a picture: ${kinds}`,
  },
  'account.remove-picture': {
    http: 'DELETE /account/picture',
    params: Nothing,
    result: Person,
    summary: 'Take one’s own picture away.',
  },
  'room.set-picture': {
    http: 'PUT /rooms/:room/picture',
    params: Shape({ room, file }),
    result: Shape({ picture }),
    summary: `Give a channel or group a picture: ${kinds}`,
  },
  'room.remove-picture': {
    http: 'DELETE /rooms/:room/picture',
    params: Shape({ room }),
    result: Nothing,
    summary: 'Take the picture of a channel or group away.',
  },
  'space.set-picture': {
    http: 'PUT /spaces/:space/picture',
    params: Shape({ space, file }),
    result: Shape({ picture }),
    summary: `Give a space a picture: ${kinds}`,
  },
  'space.remove-picture': {
    http: 'DELETE /spaces/:space/picture',
    params: Shape({ space }),
    result: Nothing,
    summary: 'Take a space’s picture away.',
  },
  'picture.show': {
    http: 'GET /pictures/:picture/content',
    params: Shape({ picture }),
    result: Shape({ type: StillType, file }),
    summary: 'The picture of a person, room or space, as base64. As a file it is at `/api/v1/pictures/:picture`.',
  },
} as const;

/** `null`: there is none any more. */
export const pictureEvents = {
  'room.picture-set': { data: Shape({ picture: Nullable(PictureHash) }) },
  'space.picture-set': { data: Shape({ picture: Nullable(PictureHash) }) },
} as const;
