import { limits } from './limits.ts';
import { MessageIdSchema, Nothing, RoomIdSchema, Shape, type Static, Timestamp, Type } from './schema.ts';

const draft = {
  room: RoomIdSchema,
  /** Of a reply in the thread of this message. */
  thread: Type.Optional(MessageIdSchema),
  /** Empty, and without a quote: there is none. */
  text: Type.String({ maxLength: limits.draftChars }),
  /** A message of the room that it is to quote. */
  quote: Type.Optional(MessageIdSchema),
  /** When it was typed, by the device's clock, at the latest when the server heard of it: the later of two holds. */
  at: Timestamp,
};

/** What one began to write. */
export const Draft = Shape(draft);
export type Draft = Static<typeof Draft>;

export const draftCommands = {
  'draft.save': {
    http: 'PUT /rooms/:room/draft',
    params: Shape(draft),
    result: Shape({ draft: Draft }),
    summary: `Keep what one has begun to write, for one’s other devices. The answer is the one that holds: a later one is not overwritten. Of more than ${limits.draftsPerPerson} the oldest is forgotten.`,
  },
  'draft.list': {
    http: 'GET /drafts',
    params: Nothing,
    result: Shape({ drafts: Type.Array(Draft) }),
    summary: 'What one has begun to write in the rooms that one is in, the newest first.',
  },
} as const;

/** Ephemeral, on one's inbox. */
export const draftEvents = {
  'draft.changed': { data: Draft },
} as const;
