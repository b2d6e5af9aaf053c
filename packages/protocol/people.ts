import { limits } from './limits.ts';
import { PictureHash } from './picture-hash.ts';
import { Shape, type Static, Type, UserIdSchema } from './schema.ts';
import { DoNotDisturb } from './settings.ts';
import { Status } from './status.ts';

/** The name one signs in with and is mentioned by: lower case letters, digits, `.`, `_`, `-`. */
export const Handle = Type.String({
  minLength: limits.handleChars.min,
  maxLength: limits.handleChars.max,
  pattern: '^[a-z0-9][a-z0-9._-]*$',
});
export const PersonName = Type.String({ minLength: 1, maxLength: limits.personNameChars, pattern: '\\S' });

/** Only those are listed whose handle begins so, or a word of whose name does. */
export const PersonSearch = Type.String({ minLength: 1, maxLength: limits.nameSearchChars });

/** What everyone who shares a space with someone may know of them. */
export const Person = Shape({
  id: UserIdSchema,
  handle: Handle,
  name: PersonName,
  disabled: Type.Boolean(),
  /** Set for an account that a program posts with. */
  bot: Type.Optional(Type.Literal(true)),
  picture: Type.Optional(PictureHash),
  status: Type.Optional(Status),
  /** Set where the person has said when they are not to be disturbed. */
  doNotDisturb: Type.Optional(DoNotDisturb),
});
export type Person = Static<typeof Person>;
