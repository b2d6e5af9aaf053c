import { Shape, type Static, Timestamp, UserIdSchema } from './schema.ts';

/** What a pinned message says of its pin. */
export const Pinned = Shape({ by: UserIdSchema, at: Timestamp });
export type Pinned = Static<typeof Pinned>;
