import { type Static, Type } from './schema.ts';

/** The hash of a picture's content, by which it is fetched. */
export const PictureHash = Type.String({ maxLength: 43, pattern: '^[A-Za-z0-9_-]{43}$' });
export type PictureHash = Static<typeof PictureHash>;
