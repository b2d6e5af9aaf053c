import { limits } from './limits.ts';
import { Message } from './messages.ts';
import { Person } from './people.ts';
import { MessageIdSchema, Nothing, RoomIdSchema, Shape, type Static, Timestamp, Type } from './schema.ts';

/** A message that one keeps for later. Nobody else is told. */
export const Bookmark = Shape({
  message: MessageIdSchema,
  room: RoomIdSchema,
  at: Timestamp,
  /** What for; may be empty. */
  note: Type.String({ maxLength: limits.bookmarkNoteChars }),
});
export type Bookmark = Static<typeof Bookmark>;

const message = MessageIdSchema;

export const bookmarkCommands = {
  'bookmark.add': {
    http: 'PUT /messages/:message/bookmark',
    params: Shape({ message, note: Type.Optional(Bookmark.properties.note) }),
    result: Shape({ bookmark: Bookmark }),
    summary: `Keep a message for later, or change the note of one that is kept. At most ${limits.bookmarksPerPerson} may be kept.`,
  },
  'bookmark.remove': {
    http: 'DELETE /messages/:message/bookmark',
    params: Shape({ message }),
    result: Nothing,
    summary: 'Keep it no longer.',
  },
  'bookmark.list': {
    http: 'GET /bookmarks',
    params: Shape({
      /** The last message of the page before. */
      after: Type.Optional(MessageIdSchema),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.messagesPerPage })),
    }),
    result: Shape({
      bookmarks: Type.Array(Shape({ bookmark: Bookmark, message: Message })),
      people: Type.Array(Person),
      more: Type.Boolean(),
    }),
    summary: 'Messages that one keeps and may see, those kept last first.',
  },
} as const;

/** Of one's inbox. */
export const bookmarkEvents = {
  'inbox.bookmark-added': { data: Bookmark },
  'inbox.bookmark-removed': { data: Shape({ message }) },
} as const;
